package org.vectormill.udfs.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

/** DJL's engines by kind. DJL must make ONNX Runtime's environment: only one may, in a JVM. */
final class Engines {
  private static final String OFFLINE = "ai.djl.offline";

  /**
   * @throws VectormillException ({@code ENCODER}) where the native library can't be loaded
   */
  static Engine of(EngineKind kind) {
    String name =
        switch (kind) {
          case ONNX -> "OnnxRuntime";
          case TORCHSCRIPT -> "PyTorch";
          case STATIC, TFIDF, BUILTIN ->
              throw new IllegalArgumentException(kind + " needs no engine");
        };
    // Natives come from the jars; nothing may be downloaded behind a user's back.
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
    try {
      return Engine.getEngine(name);
    } catch (EngineException | IllegalArgumentException | LinkageError e) {
      throw new VectormillException(
          Fault.ENCODER, "engine " + name + " can't be loaded on this machine: " + reason(e), e);
    }
  }

  /**
   * Engines say that their library can't be loaded; which file is missing is in the first cause.
   */
  static String reason(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first == e ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + first.getMessage();
  }

  private Engines() {}
}
