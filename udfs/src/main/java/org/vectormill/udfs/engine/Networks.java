package org.vectormill.udfs.engine;

import ai.djl.Device;
import java.nio.file.Path;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.Modality;

/** Loads networks; the front door of this package. */
public final class Networks {
  /** Batches that may wait for a GPU: the next one is there when one ends. */
  private static final int WAITING = 4;

  /**
   * A loaded network; the caller closes it.
   *
   * @param file its file on this machine
   * @param device where it runs, see {@link Devices}
   * @param threads that one call may use
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER}, {@code USAGE})
   */
  public static Network load(EncoderSpec spec, Path file, Device device, int threads) {
    Network network =
        switch (spec.engine()) {
          case ONNX ->
              OnnxNetwork.load(
                  file, spec.output(), device, threads, spec.modality() == Modality.IMAGE);
          case TORCHSCRIPT ->
              TorchScriptNetwork.load(file, spec.output(), spec.precision(), device, threads);
          case STATIC, BUILTIN ->
              throw new IllegalArgumentException(spec.engine() + " encoders have no network");
        };
    return device.isGpu() ? new SharedGpuNetwork(network, WAITING) : network;
  }

  private Networks() {}
}
