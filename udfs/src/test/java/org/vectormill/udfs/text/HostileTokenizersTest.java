package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.text.TextTokenizer.Settings;
import org.vectormill.udfs.text.TokenizerFile.Side;

/**
 * Damages tokenizer files at random: each is refused with a reason, or gives at most so many tokens
 * as were asked for.
 */
final class HostileTokenizersTest {
  private static final int ROUNDS = 1500;
  private static final int MAX_LENGTH = 16;
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1",
          "7",
          "1e9",
          "4294967296",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]");

  @TempDir private Path folder;

  @ParameterizedTest
  @Timeout(300)
  @ValueSource(strings = {"wordpiece", "byte-level", "unigram"})
  void everyDamageIsRefusedOrTokenises(String name) throws IOException {
    byte[] whole = Files.readAllBytes(TextGoldens.folder(name).resolve("tokenizer.json"));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(folder.resolve("tokenizer.json"), damage(whole, random));
      try (TextTokenizer tokenizer =
          new TextTokenizer(
              TokenizerFile.read(folder), new Settings("", MAX_LENGTH, Side.RIGHT, false))) {
        tokenise(tokenizer, name + ", round " + round);
      } catch (VectormillException e) {
        assertFalse(e.getMessage().isBlank());
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < ROUNDS, refused + " refused");
  }

  /** A text that the tokenizer can't take is a reject, whatever the library throws. */
  private static void tokenise(TextTokenizer tokenizer, String where) {
    Tokens tokens;
    try {
      tokens = tokenizer.encode("the cat sat on the mat, and “so” on 😀");
    } catch (RuntimeException e) {
      assertFalse(e.getMessage().isBlank(), where);
      return;
    }
    assertTrue(tokens.ids().length <= MAX_LENGTH, where);
  }

  /** Up to three values of the JSON are replaced, by others of the file too; or the file is cut. */
  private static byte[] damage(byte[] whole, SplittableRandom random) throws IOException {
    if (random.nextInt(16) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    ObjectMapper mapper = new ObjectMapper();
    JsonNode root = mapper.readTree(whole);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      JsonNode other = container(root, random);
      JsonNode value =
          random.nextInt(4) == 0
              ? other.deepCopy()
              : mapper.readTree(VALUES.get(random.nextInt(VALUES.size())));
      replace(container(root, random), value, random);
    }
    return mapper.writeValueAsBytes(root);
  }

  /** Not evenly among all, or a vocabulary's entries would be nearly all that is ever damaged. */
  private static JsonNode container(JsonNode root, SplittableRandom random) {
    JsonNode at = root;
    while (random.nextInt(4) > 0) {
      List<JsonNode> inner = new ArrayList<>();
      at.forEach(
          child ->
              inner.addAll(
                  child.isContainerNode() && !child.isEmpty() ? List.of(child) : List.of()));
      if (inner.isEmpty()) {
        break;
      }
      at = inner.get(random.nextInt(inner.size()));
    }
    return at;
  }

  private static void replace(JsonNode container, JsonNode value, SplittableRandom random) {
    int at = random.nextInt(container.size());
    boolean remove = random.nextInt(8) == 0;
    if (container instanceof ArrayNode array) {
      JsonNode unused = remove ? array.remove(at) : array.set(at, value);
      return;
    }
    List<String> names = new ArrayList<>();
    container.fieldNames().forEachRemaining(names::add);
    ObjectNode object = (ObjectNode) container;
    JsonNode unused = remove ? object.remove(names.get(at)) : object.replace(names.get(at), value);
  }
}
