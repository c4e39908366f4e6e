package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.text.TextTokenizer.Settings;
import org.vectormill.udfs.text.TokenizerFile.Side;

final class TextTokenizerTest {
  private static TextTokenizer load(String name, String prefix, int maxLength) {
    return new TextTokenizer(
        TokenizerFile.read(TextGoldens.folder(name)),
        new Settings(prefix, maxLength, Side.RIGHT, false));
  }

  /** Each file has a truncation to 4 and a padding to 16 of its own, which must not show. */
  @ParameterizedTest
  @ValueSource(strings = {"wordpiece", "byte-level", "unigram"})
  void givesTheIdsOfTheTokenizersLibrary(String name) {
    for (JsonNode golden : TextGoldens.json(name + "/ids.json")) {
      String text = golden.get("text").textValue();
      int maxLength = golden.get("max_length").intValue();
      try (TextTokenizer tokenizer = load(name, "", maxLength)) {
        Tokens tokens = tokenizer.encode(text);
        String where = text + ", max length " + maxLength;
        assertArrayEquals(TextGoldens.ids(golden.get("ids")), tokens.ids(), where);
        assertEquals(golden.get("truncated").booleanValue(), tokens.truncated(), where);
      }
    }
  }

  @Test
  void putsThePrefixBeforeEachTextAndCountsIt() {
    try (TextTokenizer plain = load("wordpiece", "", 64);
        TextTokenizer prefixed = load("wordpiece", "the cat: ", 64)) {
      assertArrayEquals(plain.encode("the cat: sat").ids(), prefixed.encode("sat").ids());
      // [CLS] the cat [UNK] for the colon
      assertEquals(4, prefixed.prefixTokens());
      assertEquals(0, plain.prefixTokens());
    }
  }

  @Test
  void cutsFromTheLeftWhereTheModelDoes() {
    try (TextTokenizer tokenizer =
        new TextTokenizer(
            TokenizerFile.read(TextGoldens.folder("wordpiece")),
            new Settings("", 4, Side.LEFT, false))) {
      assertArrayEquals(new long[] {2, 7, 8, 3}, tokenizer.encode("the cat sat on mat").ids());
    }
  }

  @Test
  void lowerCasesWhereTheModelAsksForIt() {
    TokenizerFile file = TokenizerFile.read(TextGoldens.folder("byte-level"));
    try (TextTokenizer lower = new TextTokenizer(file, new Settings("", 64, Side.RIGHT, true));
        TextTokenizer plain = load("byte-level", "", 64)) {
      assertArrayEquals(plain.encode("the cat").ids(), lower.encode("The CAT").ids());
    }
  }

  /**
   * Words at random, so that the cut falls anywhere; against the whole text by the same library.
   */
  @ParameterizedTest
  @ValueSource(strings = {"wordpiece", "byte-level", "unigram"})
  void givesLongTextsTheFirstTokensOfTheWhole(String name) {
    String[] words = {"the", "cat", "sat", "unbelievable", "mat,", "naïve", "5", "\n", "über", "猫"};
    Random random = new Random(11);
    TokenizerFile file = TokenizerFile.read(TextGoldens.folder(name));
    for (int maxLength : new int[] {3, 4, 7, 50}) {
      try (TextTokenizer cutting = load(name, "", maxLength);
          NativeTokenizer whole = file.load(maxLength, Side.RIGHT)) {
        for (int i = 0; i < 20; i++) {
          StringBuilder text = new StringBuilder("the");
          for (int n = random.nextInt(1500); n > 0; n--) {
            text.append(' ').append(words[random.nextInt(words.length)]);
          }
          Tokens expected = whole.encode(text.toString(), true);
          Tokens tokens = cutting.encode(text.toString());
          assertArrayEquals(expected.ids(), tokens.ids());
          assertEquals(expected.truncated(), tokens.truncated());
        }
      }
    }
  }

  @Test
  void takesTextsOfMegabytes() {
    try (TextTokenizer tokenizer = load("wordpiece", "", 8)) {
      assertTrue(tokenizer.encode("the cat sat ".repeat(200_000)).truncated());
      Tokens blank = tokenizer.encode("the" + " ".repeat(200_000) + "cat");
      assertArrayEquals(new long[] {2, 4, 5, 3}, blank.ids());
      assertFalse(blank.truncated());
    }
  }

  @Test
  void findsSpacesBetweenLettersOnly() {
    assertEquals(3, TextTokenizer.spaceBetweenLetters("abc def", 0));
    assertEquals(-1, TextTokenizer.spaceBetweenLetters("abc def", 4));
    assertEquals(-1, TextTokenizer.spaceBetweenLetters("a  b, c -d e", 11));
    assertEquals(10, TextTokenizer.spaceBetweenLetters("a  b, c -d e", 0));
    assertEquals(-1, TextTokenizer.spaceBetweenLetters(" a ", 0));
  }

  @Test
  void takesHalvesOfSurrogatePairs() {
    try (TextTokenizer tokenizer = load("wordpiece", "", 8)) {
      long[] ids = tokenizer.encode("the \ud83d cat").ids();
      assertArrayEquals(new long[] {2, 4}, Arrays.copyOf(ids, 2));
      assertEquals(3, ids[ids.length - 1]);
    }
  }

  @Test
  void givesTheSameIdsToManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (TextTokenizer tokenizer = load("wordpiece", "", 64)) {
      long[] expected = tokenizer.encode("a cat on the mat").ids();
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    assertArrayEquals(expected, tokenizer.encode("a cat on the mat").ids());
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusesWorkAfterItIsClosed() {
    TextTokenizer tokenizer = load("wordpiece", "", 8);
    tokenizer.close();
    tokenizer.close();
    assertThrows(IllegalStateException.class, () -> tokenizer.encode("cat"));
  }

  @Test
  void namesTheFileThatIsNoTokenizer(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Nothing\"}}");
    TokenizerFile file = TokenizerFile.read(folder);
    VectormillException e = assertThrows(VectormillException.class, () -> file.load(8, Side.RIGHT));
    assertEquals(Fault.ENCODER, e.fault());
    assertTrue(e.getMessage().contains("tokenizer.json: not a tokenizer"), e.getMessage());
    Files.writeString(folder.resolve("tokenizer.json"), "[1");
    assertThrows(VectormillException.class, () -> TokenizerFile.read(folder));
    Files.delete(folder.resolve("tokenizer.json"));
    assertThrows(VectormillException.class, () -> TokenizerFile.read(folder));
  }

  @Test
  void readsWhatTheFileSaysOfItsTokens() {
    TokenizerFile pieces = TokenizerFile.read(TextGoldens.folder("wordpiece"));
    assertEquals(1, pieces.unknown().orElseThrow());
    assertEquals(0, pieces.padding().orElseThrow());
    assertEquals(22, pieces.highestId());
    assertEquals(3, pieces.medianLength());
    assertEquals(4, pieces.id("the").orElseThrow());
    assertTrue(pieces.splitsAtSpaces());
    assertTrue(TokenizerFile.read(TextGoldens.folder("byte-level")).splitsAtSpaces());
    TokenizerFile unigram = TokenizerFile.read(TextGoldens.folder("unigram"));
    assertEquals(0, unigram.unknown().orElseThrow());
    assertFalse(unigram.splitsAtSpaces());
  }
}
