package org.vectormill.udfs.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import java.nio.file.Path;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;

/** DJL's engines. */
final class DjlRuntime implements NetworkRuntime {
  @Override
  public int gpus(EngineKind engine) {
    Engine djl = Engines.of(engine);
    return djl.hasCapability(StandardCapabilities.CUDA) ? djl.getGpuCount() : 0;
  }

  @Override
  public Network load(EncoderSpec spec, Path file, Device device, int threads) {
    return switch (spec.engine()) {
      case ONNX ->
          OnnxNetwork.load(file, spec.output(), device, threads, spec.modality() == Modality.IMAGE);
      case TORCHSCRIPT ->
          TorchScriptNetwork.load(file, spec.output(), spec.precision(), device, threads);
      case STATIC, TFIDF, BUILTIN ->
          throw new IllegalArgumentException(spec.engine() + " encoders have no network");
    };
  }
}
