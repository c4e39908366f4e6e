package org.vectormill.udfs.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Precision;

/** A TorchScript module that PyTorch runs, through DJL. */
final class TorchScriptNetwork implements Network {
  private final List<String> inputs;
  private final TorchScriptOutput output;
  private final DataType arithmetic;
  private final int threads;
  private final Model model;
  private final PtSymbolBlock block;
  private final CloseOnce open = new CloseOnce();
  private final PeriodicTrim trim = new PeriodicTrim();

  private TorchScriptNetwork(
      List<String> inputs, String asked, Precision precision, int threads, Model model) {
    this.inputs = inputs;
    this.output = new TorchScriptOutput(asked);
    this.arithmetic = dataType(precision);
    this.threads = threads;
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
  }

  /**
   * Loads a file.
   *
   * @param asked output by name (of a dictionary) or index (of a tuple); null for the only or first
   * @param precision arithmetic that the module's parameters have to have
   * @throws VectormillException ({@code ENCODER}) for a file that can't be loaded, ({@code USAGE})
   *     for another precision than the module's
   */
  static TorchScriptNetwork load(
      Path path, String asked, Precision precision, Device device, int threads) {
    List<String> inputs = TorchScriptFile.inputs(path);
    Model model = Engines.of(EngineKind.TORCHSCRIPT).newModel("torchscript", device);
    try {
      model.load(path, null, Map.of("mapLocation", "true"));
      PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
      JniUtils.enableInferenceMode(block);
      requirePrecision(path, block, model, precision);
      return new TorchScriptNetwork(inputs, asked, precision, threads, model);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new VectormillException(
          Fault.ENCODER, path + " can't be loaded by PyTorch: " + e.getMessage(), e);
    } catch (VectormillException e) {
      model.close();
      throw e;
    }
  }

  private static void requirePrecision(
      Path path, PtSymbolBlock block, Model model, Precision precision) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      for (NDArray parameter : JniUtils.moduleGetParams(block, (PtNDManager) manager)) {
        DataType type = parameter.getDataType();
        if (type.isFloating() && type != dataType(precision)) {
          throw VectormillException.usage(
              "--precision "
                  + precision
                  + ": "
                  + path
                  + " has "
                  + type
                  + " parameters, and PyTorch's Java binding can't convert a module; name its own"
                  + " precision, or export it again");
        }
      }
    }
  }

  private static DataType dataType(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT16 -> DataType.FLOAT16;
      case BFLOAT16 -> DataType.BFLOAT16;
    };
  }

  @Override
  public List<String> inputs() {
    return inputs;
  }

  @Override
  public NetworkOutput run(List<Tensor> tensors) {
    return open.whileOpen(() -> inManager(tensors));
  }

  private NetworkOutput inManager(List<Tensor> tensors) {
    // Both settings belong to the calling thread. A module that is specialised to each new shape of
    // a batch grows and stalls with texts of many lengths.
    JniUtils.setNumThreads(threads);
    JniUtils.setGraphExecutorOptimize(false);
    IValue[] values = new IValue[tensors.size()];
    try (NDManager manager = model.getNDManager().newSubManager()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = IValue.from(array(manager, tensors.get(i)));
      }
      try (IValue result = block.forward(values)) {
        NDArray chosen = output.of(result, (PtNDManager) manager);
        NDArray floats = chosen.toType(DataType.FLOAT32, false);
        return new NetworkOutput(floats.getShape().getShape(), floats.toFloatArray());
      }
    } catch (RuntimeException e) {
      throw NativeFailures.of(e);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
      trim.afterRun();
    }
  }

  /** DJL's native binding ends the whole process where it is to make a bfloat16 tensor. */
  private void requireFloatInput(Tensor tensor) {
    if (arithmetic == DataType.BFLOAT16) {
      throw VectormillException.usage(
          "--precision bfloat16: input "
              + tensor.name()
              + " would have to be bfloat16, which PyTorch's Java binding can't make; export the"
              + " module in float32 or float16");
    }
  }

  private PtNDArray array(NDManager manager, Tensor tensor) {
    Shape shape = new Shape(tensor.shape());
    NDArray array;
    if (tensor.data() instanceof java.nio.FloatBuffer) {
      requireFloatInput(tensor);
      NDArray floats = manager.create(Buffers.floats(tensor), shape, DataType.FLOAT32);
      array = floats.toType(arithmetic, false);
    } else if (tensor.data() instanceof java.nio.ByteBuffer) {
      array = manager.create(Buffers.bytes(tensor), shape, DataType.UINT8);
    } else {
      array = manager.create(Buffers.longs(tensor), shape, DataType.INT64);
    }
    return (PtNDArray) array;
  }

  @Override
  public void close() {
    open.close(model::close);
  }
}
