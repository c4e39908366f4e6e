package org.vectormill.udfs.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vectormill.schemas.VectormillException;

/**
 * The tensors of a safetensors file: 8 bytes with the header's length (little-endian), a JSON
 * header that names each tensor's type, shape and bytes, then the bytes. The file is not trusted:
 * lengths and offsets are checked against it and against each other.
 */
final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path file;
  private final Map<String, FileTensor> tensors = new TreeMap<>();

  private Safetensors(Path file) {
    this.file = file;
  }

  /**
   * Reads the header; tensors are read when they are asked for.
   *
   * @throws VectormillException ({@code ENCODER}) where the file contradicts itself or the format
   */
  static Safetensors open(Path file) {
    Safetensors opened = new Safetensors(file);
    try {
      opened.readHeader();
    } catch (IOException e) {
      throw FileTensor.unreadable(file, e);
    }
    return opened;
  }

  /** The tensor of this name. */
  Optional<FileTensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  private void readHeader() throws IOException {
    long size = Files.size(file);
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] prefix = in.readNBytes(LENGTH_BYTES);
      require(prefix.length == LENGTH_BYTES, "the file is shorter than 8 bytes");
      long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
      require(
          length > 0 && length <= MAX_HEADER_BYTES && length <= size - LENGTH_BYTES,
          "header length " + Long.toUnsignedString(length) + " does not fit " + size + " bytes");
      header = in.readNBytes((int) length);
    }
    JsonNode root = MAPPER.readTree(header);
    require(root != null && root.isObject(), "the header is not a JSON object");
    long start = (long) LENGTH_BYTES + header.length;
    List<long[]> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        ranges.add(readTensor(entry.getKey(), entry.getValue(), start, size));
      }
    }
    requireApart(ranges);
  }

  /** Keeps the tensor where its type is one that is read here; returns its range of bytes. */
  private long[] readTensor(String name, JsonNode entry, long start, long size) {
    JsonNode offsets = entry.path("data_offsets");
    require(
        offsets.size() == 2
            && offsets.get(0).isIntegralNumber()
            && offsets.get(1).canConvertToLong(),
        "tensor " + name + ": data_offsets must be two whole numbers");
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    require(
        begin >= 0 && begin <= end && end <= size - start,
        "tensor " + name + ": bytes " + begin + " to " + end + " lie outside of the file");
    String dtype = entry.path("dtype").asText();
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        long[] shape = shape(name, entry.path("shape"));
        long bytes = (long) FileTensor.count(file + ", tensor " + name, shape) * type.bytes();
        require(
            bytes == end - begin,
            "tensor " + name + ": shape needs " + bytes + " bytes, has " + (end - begin));
        tensors.put(name, new FileTensor(file, name, type, shape, start + begin));
      }
    }
    return new long[] {begin, end};
  }

  private long[] shape(String name, JsonNode sizes) {
    require(sizes.isArray(), "tensor " + name + ": shape must be a list");
    long[] shape = new long[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      require(
          sizes.get(i).isIntegralNumber() && sizes.get(i).canConvertToLong(),
          "tensor " + name + ": shape must hold whole numbers");
      shape[i] = sizes.get(i).longValue();
    }
    return shape;
  }

  private void requireApart(List<long[]> ranges) {
    ranges.sort(Comparator.comparingLong((long[] r) -> r[0]).thenComparingLong(r -> r[1]));
    for (int i = 1; i < ranges.size(); i++) {
      require(ranges.get(i)[0] >= ranges.get(i - 1)[1], "two tensors overlap");
    }
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw VectormillException.encoder(file + ": not a safetensors file: " + message);
    }
  }
}
