package org.vectormill.udfs.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.engine.OnnxFile.OnnxInput;

/** A network that ONNX Runtime runs, through DJL. */
final class OnnxNetwork implements Network {
  private final OnnxFile file;
  private final String output;
  private final Model model;
  private final Block block;
  private final ParameterStore noParameters;
  private final CloseOnce open = new CloseOnce();
  private final PeriodicTrim trim = new PeriodicTrim();

  private OnnxNetwork(OnnxFile file, String output, Model model) {
    this.file = file;
    this.output = output;
    this.model = model;
    this.block = model.getBlock();
    this.noParameters = new ParameterStore(model.getNDManager(), false);
  }

  /**
   * Loads a file.
   *
   * @param asked tensor to take; null for the first output
   * @param oneShape whether batches share their shape, so that their memory is worth planning
   * @throws VectormillException ({@code ENCODER}) for a file that can't be loaded, ({@code USAGE})
   *     for a tensor that it has not
   */
  static OnnxNetwork load(Path path, String asked, Device device, int threads, boolean oneShape) {
    OnnxFile file = OnnxFile.read(path);
    String output = file.output(asked);
    try {
      if (file.outputs().contains(output)) {
        return new OnnxNetwork(file, output, session(path, device, threads, oneShape));
      }
      try (ScratchFolder scratch = ScratchFolder.make("onnx-output")) {
        Path copy = OnnxOutput.append(path, file.externalFiles(), output, scratch.path());
        return new OnnxNetwork(file, output, session(copy, device, threads, oneShape));
      }
    } catch (IOException | MalformedModelException | OrtException e) {
      throw new VectormillException(
          Fault.ENCODER, path + " can't be loaded by ONNX Runtime: " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    String reason = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    return reason.contains("NOT_IMPLEMENTED")
        ? reason
            + "; export the model with operators and types that ONNX Runtime has kernels for"
            + " (float32, or 8-bit weights that are unsigned: weight_type=QuantType.QUInt8)"
        : reason;
  }

  private static Model session(Path path, Device device, int threads, boolean oneShape)
      throws IOException, MalformedModelException, OrtException {
    // The engine first: DJL has to make the environment that options belong to.
    Model model = Engines.of(EngineKind.ONNX).newModel("onnx", device);
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      // Patterns are kept for each shape of a batch, and text batches have many.
      options.setMemoryPatternOptimization(oneShape);
      // Tasks that wait for a batch should leave the cores to those that compute.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      model.load(path, null, Map.of("sessionOptions", options));
      return model;
    } catch (IOException | MalformedModelException | OrtException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public List<String> inputs() {
    return file.inputs().stream().map(OnnxInput::name).toList();
  }

  @Override
  public long fixedBatch() {
    for (OnnxInput input : file.inputs()) {
      if (!input.shape().isEmpty() && input.shape().get(0) > 0) {
        return input.shape().get(0);
      }
    }
    return 0;
  }

  @Override
  public NetworkOutput run(List<Tensor> inputs) {
    return open.whileOpen(() -> inManager(inputs));
  }

  private NetworkOutput inManager(List<Tensor> inputs) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList arrays = new NDList();
      for (Tensor input : inputs) {
        arrays.add(array(manager, input));
      }
      NDList outputs = block.forward(noParameters, arrays, false);
      outputs.attach(manager);
      return chosen(outputs);
    } catch (RuntimeException e) {
      throw NativeFailures.of(e);
    } finally {
      trim.afterRun();
    }
  }

  private NDArray array(NDManager manager, Tensor input) {
    int declared = declared(input.name()).elementType();
    Shape shape = new Shape(input.shape());
    NDArray array =
        switch (declared) {
          case 1 -> manager.create(Buffers.floats(input), shape, DataType.FLOAT32);
          case 2 -> manager.create(Buffers.bytes(input), shape, DataType.UINT8);
          case 6 -> manager.create(Buffers.ints(input), shape, DataType.INT32);
          case 7 -> manager.create(Buffers.longs(input), shape, DataType.INT64);
          case 10 -> manager.create(Buffers.halves(input), shape, DataType.FLOAT16);
          default ->
              throw VectormillException.encoder(
                  "input "
                      + input.name()
                      + " has ONNX element type "
                      + declared
                      + "; fed can be float32, float16, int64, int32 and uint8");
        };
    array.setName(input.name());
    return array;
  }

  private OnnxInput declared(String name) {
    for (OnnxInput input : file.inputs()) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    throw new IllegalArgumentException("input " + name + " is not one of " + inputs());
  }

  private NetworkOutput chosen(NDList outputs) {
    for (NDArray array : outputs) {
      if (output.equals(array.getName())) {
        OnnxTensor tensor = ((OrtNDArray) array).getTensor();
        return new NetworkOutput(tensor.getInfo().getShape(), OnnxFloats.of(output, tensor));
      }
    }
    throw VectormillException.encoder(
        "output " + output + " is not a tensor; name another with --output-tensor");
  }

  @Override
  public void close() {
    open.close(model::close);
  }
}
