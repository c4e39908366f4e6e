package org.vectormill.udfs.text;

import com.fasterxml.jackson.databind.JsonNode;
import org.vectormill.schemas.VectormillException;

/**
 * Refuses templates on which the native library would end the process instead of failing: those
 * that name a special token which they don't define, or take the text other than once.
 */
final class PostProcessorCheck {
  private final String file;

  /**
   * @param file for messages
   */
  PostProcessorCheck(String file) {
    this.file = file;
  }

  /**
   * Looks at a {@code post_processor} and what is nested in it.
   *
   * @throws VectormillException ({@code ENCODER})
   */
  void check(JsonNode processor) {
    processor.path("processors").forEach(this::check);
    if (processor.path("type").asText().equals("TemplateProcessing")) {
      JsonNode defined = processor.path("special_tokens");
      requireDefined(processor.path("single"), defined);
      requireDefined(processor.path("pair"), defined);
      requireTextOnce(processor.path("single"));
    }
  }

  private void requireDefined(JsonNode pieces, JsonNode defined) {
    for (JsonNode piece : pieces) {
      JsonNode token = piece.path("SpecialToken").path("id");
      if (!token.isMissingNode() && !defined.has(token.asText())) {
        throw refused("puts the special token " + token.asText() + " into texts, undefined");
      }
    }
  }

  private void requireTextOnce(JsonNode pieces) {
    int texts = 0;
    for (JsonNode piece : pieces) {
      texts += piece.has("Sequence") ? 1 : 0;
    }
    if (texts != 1) {
      throw refused("takes the text " + texts + " times, expected once");
    }
  }

  private VectormillException refused(String what) {
    return VectormillException.encoder(
        file + ": its post_processor " + what + "; write it anew with the tokenizers library");
  }
}
