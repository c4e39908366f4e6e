package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** TorchScript modules beside the classes: what PyTorch has and DJL has no name for. */
final class ScriptModule {
  /** Freed with the manager. */
  static PtSymbolBlock open(NDManager manager, String file) {
    try (InputStream in =
        Objects.requireNonNull(ScriptModule.class.getResourceAsStream(file), file)) {
      return JniUtils.loadModule((PtNDManager) manager, in, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScriptModule() {}
}
