package org.vectormill.udfs.engine;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;

/** Loads networks; the front door of this package. */
public final class Networks {
  /** Batches that may wait for a GPU: the next one is there when one ends. */
  private static final int WAITING = 4;

  private static final NetworkRuntime RUNTIME =
      ServiceLoader.load(NetworkRuntime.class, Networks.class.getClassLoader())
          .findFirst()
          .orElseGet(DjlRuntime::new);

  /**
   * A loaded network; the caller closes it.
   *
   * @param file its file on this machine
   * @param device where it runs, see {@link Devices}
   * @param threads that one call may use
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER}, {@code USAGE})
   */
  public static Network load(EncoderSpec spec, Path file, Device device, int threads) {
    Network network = RUNTIME.load(spec, file, device, threads);
    return device.isGpu() ? new SharedGpuNetwork(network, WAITING) : network;
  }

  static int gpus(EngineKind engine) {
    return RUNTIME.gpus(engine);
  }

  private Networks() {}
}
