package org.vectormill.udfs.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.vectormill.schemas.VectormillException;

/** A model's tokenizer.json: its vocabulary, and the tokenizer that it makes. */
final class TokenizerFile {
  private static final String NAME = "tokenizer.json";
  private static final Set<String> SPACE_SPLITTERS =
      Set.of("BertPreTokenizer", "Whitespace", "WhitespaceSplit", "ByteLevel", "Metaspace");

  /** On which side tokens are left out. */
  enum Side {
    LEFT("Left"),
    RIGHT("Right");

    private final String code;

    Side(String code) {
      this.code = code;
    }
  }

  private final String file;
  private final ObjectNode root;
  private final Map<String, Integer> vocabulary = new TreeMap<>();

  private TokenizerFile(String file, ObjectNode root) {
    this.file = file;
    this.root = root;
    readVocabulary();
  }

  /**
   * Reads the folder's tokenizer.json.
   *
   * @throws VectormillException ({@code ENCODER}) where it is missing or no tokenizer
   */
  static TokenizerFile read(Path folder) {
    JsonNode root = ModelJson.read(folder, NAME);
    String file = folder.resolve(NAME).toString();
    if (!root.isObject() || !root.path("model").isObject()) {
      throw VectormillException.encoder(
          file + ": expected an object with a model, as the tokenizers library writes it");
    }
    new PostProcessorCheck(file).check(root.path("post_processor"));
    return new TokenizerFile(file, (ObjectNode) root);
  }

  private void readVocabulary() {
    JsonNode vocab = root.path("model").path("vocab");
    if (vocab.isArray()) {
      for (int i = 0; i < vocab.size(); i++) {
        vocabulary.put(vocab.path(i).path(0).asText(), i);
      }
    } else {
      vocab.properties().forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt()));
    }
    for (JsonNode added : root.path("added_tokens")) {
      vocabulary.put(added.path("content").asText(), added.path("id").asInt());
    }
  }

  /**
   * The tokenizer, with this truncation in place of the file's own, and without padding: the file
   * may hold what its last user set.
   */
  NativeTokenizer load(int maxLength, Side side) {
    ObjectNode changed = root.deepCopy();
    changed.putNull("padding");
    changed
        .putObject("truncation")
        .put("direction", side.code)
        .put("max_length", maxLength)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    return new NativeTokenizer(file, changed.toString(), maxLength);
  }

  /** The token's id, where the vocabulary or the added tokens have it. */
  Optional<Integer> id(String token) {
    return Optional.ofNullable(vocabulary.get(token));
  }

  /** Id that stands for what the vocabulary doesn't know; empty where the model has none. */
  OptionalInt unknown() {
    JsonNode model = root.path("model");
    if (model.path("unk_id").isInt()) {
      return OptionalInt.of(model.path("unk_id").intValue());
    }
    Integer id = vocabulary.get(model.path("unk_token").asText(""));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Padding's id as the file's own padding has it. */
  OptionalInt padding() {
    JsonNode id = root.path("padding").path("pad_id");
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  /** Largest id of a token; -1 for an empty vocabulary. */
  int highestId() {
    int highest = -1;
    for (int id : vocabulary.values()) {
      highest = Math.max(highest, id);
    }
    return highest;
  }

  /** Median length of the vocabulary's tokens, in code points, rounded down. */
  int medianLength() {
    int[] lengths = new int[vocabulary.size()];
    int n = 0;
    for (String token : vocabulary.keySet()) {
      lengths[n++] = token.codePointCount(0, token.length());
    }
    Arrays.sort(lengths);
    return n == 0 ? 0 : (lengths[(n - 1) / 2] + lengths[n / 2]) / 2;
  }

  /**
   * Whether no token reaches over a space between two letters, so that what follows such a space
   * can't change the tokens before it. True where the pre-tokenizer splits there.
   */
  boolean splitsAtSpaces() {
    return splitsAtSpaces(root.path("pre_tokenizer"));
  }

  private static boolean splitsAtSpaces(JsonNode splitter) {
    String type = splitter.path("type").asText();
    if (type.equals("Sequence")) {
      for (JsonNode part : splitter.path("pretokenizers")) {
        if (splitsAtSpaces(part)) {
          return true;
        }
      }
      return false;
    }
    return SPACE_SPLITTERS.contains(type)
        && splitter.path("use_regex").asBoolean(true)
        && splitter.path("split").asBoolean(true);
  }
}
