package org.vectormill.udfs.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** TorchScript modules beside the classes: what PyTorch has and DJL has no name for. */
public final class ScriptModule {
  /**
   * Read once: each part of a training opens its module anew, and where the jar has been replaced
   * since the JVM started, DJL reads its broken stream for ever.
   */
  private static final Map<String, byte[]> READ = new ConcurrentHashMap<>();

  /**
   * Opens a module, which is freed with the manager.
   *
   * @param file name of a resource beside this class
   */
  public static PtSymbolBlock open(NDManager manager, String file) {
    byte[] bytes = READ.computeIfAbsent(file, ScriptModule::read);
    try {
      return JniUtils.loadModule(
          (PtNDManager) manager, new ByteArrayInputStream(bytes), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(String file) {
    try (InputStream in =
        Objects.requireNonNull(ScriptModule.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScriptModule() {}
}
