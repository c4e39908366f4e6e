package org.vectormill.udfs.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import ai.djl.util.Utils;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** DJL's native tokenizers, loaded from the class path; nothing is downloaded. */
final class TokenizerLibrary {
  /**
   * The loaded library.
   *
   * @throws VectormillException ({@code ENCODER}) where it can't be loaded on this machine
   */
  static TokenizersLibrary get() {
    // Beside a CUDA driver DJL would otherwise fetch a build with CUDA, which tokenising never
    // uses.
    if (Utils.getEnvOrSystemProperty("RUST_FLAVOR") == null) {
      System.setProperty("RUST_FLAVOR", "cpu");
    }
    try {
      LibUtils.checkStatus();
      return TokenizersLibrary.LIB;
    } catch (RuntimeException | LinkageError e) {
      throw new VectormillException(
          Fault.ENCODER,
          "the native tokenizers library can't be loaded ("
              + e
              + "); DJL unpacks it into its cache folder (DJL_CACHE_DIR), which must be writable and"
              + " allow execution",
          e);
    }
  }

  private TokenizerLibrary() {}
}
