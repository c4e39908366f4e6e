package org.vectormill.udfs.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.Pooling;

/**
 * What the configuration files of a transformer's folder say about texts: those of transformers
 * (config.json, tokenizer_config.json) and of sentence-transformers (sentence_bert_config.json,
 * config_sentence_transformers.json, modules.json, 1_Pooling/config.json). Each may be missing.
 */
final class TransformerFolder {
  private static final int DEFAULT_MAX_LENGTH = 512;

  /** transformers writes 10^30 for a tokenizer that has no limit. */
  private static final double SANE_MAX_LENGTH = 10_000_000;

  /** Their position embeddings begin after the padding's id. */
  private static final Set<String> OFFSET_POSITIONS =
      Set.of("roberta", "xlm-roberta", "camembert", "mpnet", "longformer");

  private final Path folder;
  private final JsonNode sentence;
  private final JsonNode tokenizer;
  private final JsonNode config;
  private final JsonNode prompts;

  TransformerFolder(Path folder) {
    this.folder = folder;
    this.sentence = ModelJson.optional(folder, "sentence_bert_config.json");
    this.tokenizer = ModelJson.optional(folder, "tokenizer_config.json");
    this.config = ModelJson.optional(folder, "config.json");
    this.prompts = ModelJson.optional(folder, "config_sentence_transformers.json");
  }

  /** Most tokens that the model takes; empty where no file says. */
  OptionalInt limit() {
    OptionalInt byTokenizer = sane(tokenizer.path("model_max_length"));
    OptionalInt byModel = positions();
    if (byTokenizer.isEmpty() || byModel.isEmpty()) {
      return byTokenizer.isEmpty() ? byModel : byTokenizer;
    }
    return OptionalInt.of(Math.min(byTokenizer.getAsInt(), byModel.getAsInt()));
  }

  private OptionalInt positions() {
    OptionalInt positions = sane(config.path("max_position_embeddings"));
    if (positions.isPresent() && OFFSET_POSITIONS.contains(config.path("model_type").asText())) {
      int offset = config.path("pad_token_id").asInt(1) + 1;
      return OptionalInt.of(positions.getAsInt() - offset);
    }
    return positions;
  }

  private static OptionalInt sane(JsonNode length) {
    double value = length.asDouble(0);
    return value >= 1 && value <= SANE_MAX_LENGTH
        ? OptionalInt.of((int) value)
        : OptionalInt.empty();
  }

  /** Most tokens that a text keeps where nobody asks for another number. */
  int defaultMaxLength() {
    int limit = limit().orElse(Integer.MAX_VALUE);
    int asked = sane(sentence.path("max_seq_length")).orElse(limit);
    return asked == Integer.MAX_VALUE ? DEFAULT_MAX_LENGTH : Math.min(asked, limit);
  }

  /** Whether texts are lower-cased before they reach the tokenizer. */
  boolean lowerCases() {
    return sentence.path("do_lower_case").asBoolean(false);
  }

  TokenizerFile.Side truncationSide() {
    return tokenizer.path("truncation_side").asText().equals("left")
        ? TokenizerFile.Side.LEFT
        : TokenizerFile.Side.RIGHT;
  }

  /** The prompt that sentence-transformers puts before each text by default; empty for none. */
  String defaultPrompt() {
    JsonNode name = prompts.path("default_prompt_name");
    return name.isTextual() ? prompts.path("prompts").path(name.textValue()).asText("") : "";
  }

  /** Id of the padding token. */
  long paddingId(TokenizerFile file) {
    JsonNode token = tokenizer.path("pad_token");
    String content = token.isTextual() ? token.textValue() : token.path("content").asText("");
    if (file.id(content).isPresent()) {
      return file.id(content).get();
    }
    return file.padding().orElse(config.path("pad_token_id").asInt(0));
  }

  /** Whether the prompt's tokens are pooled too. */
  boolean poolsPrompt() {
    return poolingConfig().path("include_prompt").asBoolean(true);
  }

  private JsonNode poolingConfig() {
    return ModelJson.optional(folder, "1_Pooling/config.json");
  }

  /**
   * The pooling that the folder names, else the mean.
   *
   * @throws VectormillException ({@code ENCODER}) where it names one that isn't offered, or several
   */
  Pooling pooling() {
    return offeredPooling()
        .orElseThrow(
            () ->
                VectormillException.encoder(
                    folder
                        + ": 1_Pooling/config.json asks for a pooling that isn't offered"
                        + " (mean_sqrt_len, or several in one); name one pooling instead"));
  }

  /** As {@link #pooling()}; empty where that isn't offered. */
  Optional<Pooling> offeredPooling() {
    JsonNode flags = poolingConfig();
    List<Pooling> found = new ArrayList<>();
    for (Pooling pooling : Pooling.values()) {
      String flag = flag(pooling);
      if (flag != null && flags.path(flag).asBoolean(false)) {
        found.add(pooling);
      }
    }
    if (flags.path("pooling_mode_mean_sqrt_len_tokens").asBoolean(false) || found.size() > 1) {
      return Optional.empty();
    }
    return Optional.of(found.isEmpty() ? Pooling.MEAN : found.get(0));
  }

  private static String flag(Pooling pooling) {
    return switch (pooling) {
      case CLS -> "pooling_mode_cls_token";
      case MEAN -> "pooling_mode_mean_tokens";
      case MAX -> "pooling_mode_max_tokens";
      case LAST -> "pooling_mode_lasttoken";
      case WEIGHTED_MEAN -> "pooling_mode_weightedmean_tokens";
      case NONE -> null;
    };
  }

  /** Whether a module of modules.json is of this type, such as {@code Normalize}. */
  boolean hasModule(String type) {
    for (JsonNode module : ModelJson.optional(folder, "modules.json")) {
      if (module.path("type").asText().endsWith("." + type)) {
        return true;
      }
    }
    return false;
  }
}
