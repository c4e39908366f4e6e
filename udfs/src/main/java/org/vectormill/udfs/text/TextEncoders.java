package org.vectormill.udfs.text;

import java.nio.file.Path;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.encode.TextSpec;
import org.vectormill.udfs.engine.Network;

/** Text encoders: how a model's folder says texts are to be prepared, and loading. */
public final class TextEncoders {
  /**
   * The request, completed by what the model's folder says (tokenizer_config.json,
   * sentence_bert_config.json, config.json, 1_Pooling/config.json) and then by defaults.
   *
   * @param folder local folder of the model's files; null for {@code builtin:text}
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER} for a missing or unreadable
   *     tokenizer, {@code USAGE} for options that the model can't follow)
   */
  public static TextSpec spec(EncoderRequest request, EngineKind engine, Path folder) {
    throw new UnsupportedOperationException();
  }

  /** Whether the model's folder asks for vectors of unit length (a Normalize module). */
  public static boolean normalises(EngineKind engine, Path folder) {
    throw new UnsupportedOperationException();
  }

  /**
   * A ready encoder, which owns the network.
   *
   * @param folder local folder of the model's files; null for {@code builtin:text}
   * @param network null for {@code STATIC} and {@code BUILTIN}
   */
  public static TextEncoder load(
      EncoderSpec spec, Path folder, Network network, RuntimeOptions options) {
    throw new UnsupportedOperationException();
  }

  private TextEncoders() {}
}
