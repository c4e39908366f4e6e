package org.vectormill.udfs.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.engine.ProtobufReader.MalformedProtobufException;

/**
 * What an ONNX file says of itself, read without running it: inputs, outputs, every tensor that a
 * node makes, and the files beside it that hold tensors.
 *
 * <p>Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * @param inputs that a caller must give, in the graph's order
 * @param outputs in the graph's order
 * @param tensors names that nodes give to what they make
 * @param externalFiles locations of tensor data, relative to the file's folder
 */
public record OnnxFile(
    List<OnnxInput> inputs, List<String> outputs, Set<String> tensors, Set<String> externalFiles) {

  /**
   * An input as the file declares it.
   *
   * @param elementType TensorProto.DataType: 1 float, 2 uint8, 6 int32, 7 int64, 10 float16
   * @param shape -1 where a dimension is free; empty where the file says nothing
   */
  public record OnnxInput(String name, int elementType, List<Long> shape) {}

  /**
   * Reads a file; its tensors are passed over, not loaded.
   *
   * @throws VectormillException ({@code ENCODER}) where it is not ONNX, or names tensor data
   *     outside of its own folder
   */
  public static OnnxFile read(Path file) {
    OnnxFile read = parse(file);
    try {
      read.requireInside(file);
      return read;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Where a file says that its tensors are, whether or not they are there.
   *
   * @throws VectormillException ({@code ENCODER}) where it is not ONNX
   */
  public static Set<String> locations(Path file) {
    return parse(file).externalFiles();
  }

  private static OnnxFile parse(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new MalformedProtobufException("more than 2 GiB, the most that protobuf allows");
      }
      return read(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    } catch (MalformedProtobufException e) {
      throw new VectormillException(
          Fault.ENCODER, file + " is not a whole ONNX file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static VectormillException unreadable(Path file, IOException e) {
    return new VectormillException(Fault.ENCODER, file + " can't be read: " + e.getMessage(), e);
  }

  static OnnxFile read(ByteBuffer model) {
    OnnxGraphWalk walk = new OnnxGraphWalk();
    walk.model(new ProtobufReader(model));
    List<OnnxInput> inputs = new ArrayList<>();
    for (OnnxInput input : walk.inputs) {
      // Files of old versions list weights among the inputs, as defaults.
      if (!walk.initializers.contains(input.name())) {
        inputs.add(input);
      }
    }
    if (inputs.isEmpty() || walk.outputs.isEmpty()) {
      throw new MalformedProtobufException("no graph with inputs and outputs");
    }
    return new OnnxFile(
        List.copyOf(inputs),
        List.copyOf(walk.outputs),
        new LinkedHashSet<>(walk.tensors),
        new LinkedHashSet<>(walk.externalFiles));
  }

  private void requireInside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    for (String location : externalFiles) {
      Path data = folder.resolve(location).normalize();
      boolean inside =
          !Path.of(location).isAbsolute()
              && data.startsWith(folder)
              && (!Files.exists(data) || data.toRealPath().startsWith(folder.toRealPath()));
      if (!inside) {
        throw VectormillException.encoder(
            file + " keeps tensors in " + location + ", which is outside of its folder: refused");
      }
      if (!Files.isRegularFile(data)) {
        throw VectormillException.encoder(
            file + " keeps tensors in " + location + ", which is not there; copy it beside it");
      }
    }
  }

  /**
   * The output that is asked for, or the first one.
   *
   * @throws VectormillException ({@code USAGE}) with near names for a tensor that no node makes
   */
  public String output(String asked) {
    if (asked == null) {
      return outputs.get(0);
    }
    if (outputs.contains(asked) || tensors.contains(asked)) {
      return asked;
    }
    throw VectormillException.usage(
        "--output-tensor "
            + asked
            + " is no tensor of this network; its outputs are "
            + outputs
            + NearNames.of(asked, tensors));
  }
}
