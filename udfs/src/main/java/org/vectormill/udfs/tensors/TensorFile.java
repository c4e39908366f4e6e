package org.vectormill.udfs.tensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.schemas.VectormillException;

/**
 * A small safetensors file in memory. Equal content gives equal bytes: names are sorted. Of one
 * thread while it is filled.
 */
public final class TensorFile {
  private static final int LENGTH_BYTES = 8;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, String> metadata;
  private final Map<String, NamedTensor> tensors;
  private final String prefix;

  public TensorFile() {
    this(new TreeMap<>(), new TreeMap<>(), "");
  }

  private TensorFile(
      Map<String, String> metadata, Map<String, NamedTensor> tensors, String prefix) {
    this.metadata = metadata;
    this.tensors = tensors;
    this.prefix = prefix;
  }

  /**
   * The same file, whose names all begin with the prefix: so it can hold several things of a kind.
   */
  public TensorFile under(String name) {
    return new TensorFile(metadata, tensors, prefix + name);
  }

  /** Sets a fact about the file. */
  public TensorFile fact(String name, String value) {
    metadata.put(prefix + name, value);
    return this;
  }

  /** Adds an array of float32; {@code shape} multiplies to its length. */
  public TensorFile put(String name, float[] values, long... shape) {
    tensors.put(prefix + name, NamedTensor.of(values, shape));
    return this;
  }

  /** Adds an array of int64. */
  public TensorFile put(String name, long[] values, long... shape) {
    tensors.put(prefix + name, NamedTensor.of(values, shape));
    return this;
  }

  /** Adds an array of float64. */
  public TensorFile put(String name, double[] values, long... shape) {
    tensors.put(prefix + name, NamedTensor.of(values, shape));
    return this;
  }

  /** Value of a fact; null where there is none. */
  public String fact(String name) {
    return metadata.get(prefix + name);
  }

  public boolean has(String name) {
    return tensors.containsKey(prefix + name);
  }

  /** Copy of an array of float32. */
  public float[] floats(String name) {
    return tensor(name, "F32").floats();
  }

  /**
   * Copy of an array of float32.
   *
   * @param file how messages name the file
   * @throws VectormillException ({@code INPUT}) where one is NaN or an infinity
   */
  public float[] finiteFloats(String name, String file) {
    float[] values = floats(name);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw VectormillException.input(
            "%s: tensor %s: value %d is %s, expected finite numbers; name another file"
                .formatted(file, prefix + name, i, values[i]));
      }
    }
    return values;
  }

  /** Copy of an array of int64. */
  public long[] longs(String name) {
    return tensor(name, "I64").longs();
  }

  /** Copy of an array of float64. */
  public double[] doubles(String name) {
    return tensor(name, "F64").doubles();
  }

  /** Copy of an array's shape. */
  public long[] shape(String name) {
    return tensor(name).shape().clone();
  }

  private NamedTensor tensor(String name, String type) {
    NamedTensor tensor = tensor(name);
    if (!tensor.type().equals(type)) {
      throw VectormillException.input(
          "tensor " + prefix + name + ": type " + tensor.type() + ", expected " + type);
    }
    return tensor;
  }

  private NamedTensor tensor(String name) {
    NamedTensor tensor = tensors.get(prefix + name);
    if (tensor == null) {
      throw VectormillException.input("no tensor " + prefix + name + " in " + tensors.keySet());
    }
    return tensor;
  }

  /** The file's bytes. */
  public byte[] write() {
    ObjectNode header = MAPPER.createObjectNode();
    ObjectNode facts = header.putObject(METADATA);
    metadata.forEach(facts::put);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach(
        (name, tensor) -> {
          ObjectNode entry = header.putObject(name).put("dtype", tensor.type());
          Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
          entry.putArray("data_offsets").add(data.size()).add(data.size() + tensor.bytes().length);
          data.writeBytes(tensor.bytes());
        });
    byte[] json = padded(header.toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer file =
        ByteBuffer.allocate(LENGTH_BYTES + json.length + data.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).put(data.toByteArray());
    return file.array();
  }

  /** Readers map the data in place, so it begins at a multiple of 8 bytes. */
  private static byte[] padded(byte[] json) {
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * The file that these bytes are. They are not trusted: lengths, shapes and offsets are checked
   * against each other.
   *
   * @param name of the file, for messages
   * @throws VectormillException ({@code INPUT}) where they are no such file
   */
  public static TensorFile read(byte[] bytes, String name) {
    require(bytes.length >= LENGTH_BYTES, name, "it is shorter than 8 bytes");
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    require(
        length > 1 && length <= bytes.length - LENGTH_BYTES,
        name,
        "its header would have " + length + " bytes of " + bytes.length);
    int start = LENGTH_BYTES + (int) length;
    try {
      JsonNode header = MAPPER.readTree(bytes, LENGTH_BYTES, (int) length);
      require(header.isObject(), name, "its header is no JSON object");
      TensorFile file = new TensorFile();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (entry.getKey().equals(METADATA)) {
          file.metadata.putAll(
              MAPPER.convertValue(entry.getValue(), new TypeReference<Map<String, String>>() {}));
        } else {
          file.tensors.put(entry.getKey(), tensor(bytes, start, entry, name));
        }
      }
      return file;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw bad(name, "its header can't be parsed: " + e.getMessage());
    } catch (java.io.IOException e) {
      throw bad(name, e.getMessage());
    }
  }

  private static NamedTensor tensor(
      byte[] bytes, int start, Map.Entry<String, JsonNode> entry, String name) {
    JsonNode facts = entry.getValue();
    String type = facts.path("dtype").asText();
    long[] shape = new long[facts.path("shape").size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = facts.get("shape").get(i).asLong(-1);
      require(shape[i] >= 0 && shape[i] <= bytes.length, name, entry.getKey() + ": bad shape");
      count = Math.multiplyHigh(count, shape[i]) == 0 ? count * shape[i] : Long.MAX_VALUE;
    }
    long from = facts.path("data_offsets").path(0).asLong(-1);
    long to = facts.path("data_offsets").path(1).asLong(-1);
    int width = NamedTensor.width(type);
    require(width > 0, name, entry.getKey() + ": type " + type + " is not read here");
    require(
        from >= 0
            && from <= to
            && to <= bytes.length - start
            && count == (to - from) / width
            && (to - from) % width == 0,
        name,
        entry.getKey() + ": bytes " + from + " to " + to + " are not those of its shape");
    return new NamedTensor(
        type, shape, Arrays.copyOfRange(bytes, start + (int) from, start + (int) to));
  }

  private static void require(boolean holds, String name, String problem) {
    if (!holds) {
      throw bad(name, problem);
    }
  }

  private static VectormillException bad(String name, String problem) {
    return VectormillException.input(name + " is not a safetensors file: " + problem);
  }
}
