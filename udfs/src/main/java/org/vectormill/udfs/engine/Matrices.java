package org.vectormill.udfs.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

/** The engine for matrix products: PyTorch. */
public final class Matrices {
  /**
   * A manager of arrays on a device; the caller closes it.
   *
   * @param threads of one operation; a setting of the calling thread
   * @throws VectormillException ({@code ENCODER}) where the engine can't be loaded
   */
  public static NDManager newManager(Device device, int threads) {
    NDManager manager = Engines.of(EngineKind.TORCHSCRIPT).newBaseManager(device);
    JniUtils.setNumThreads(threads);
    return manager;
  }

  private Matrices() {}
}
