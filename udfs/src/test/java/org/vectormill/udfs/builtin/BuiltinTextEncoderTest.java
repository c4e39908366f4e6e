package org.vectormill.udfs.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.builtin.BuiltinTextEncoder.Options;
import org.vectormill.udfs.encode.EncodedRows;

final class BuiltinTextEncoderTest {
  private static final Options PLAIN = new Options("", 1000, true, 0, 1);

  private static EncodedRows encode(Options options, String... texts) {
    try (BuiltinTextEncoder encoder = new BuiltinTextEncoder(options)) {
      return encoder.encode(texts);
    }
  }

  private static double cosine(String a, String b) {
    float[] v = encode(PLAIN, a, b).values();
    double dot = 0;
    for (int j = 0; j < 256; j++) {
      dot += (double) v[j] * v[256 + j];
    }
    return dot;
  }

  @Test
  void givesUnitVectorsForAnyScript() {
    String[] texts = {
      "a",
      "The cat sat.",
      "Straße über Köln",
      "猫がマットに座った",
      "แมวนั่งบนเสื่อ",
      "القطة جلست",
      "😀👩‍💻",
      "42",
      "ⅷ"
    };
    EncodedRows rows = encode(PLAIN, texts);
    for (int i = 0; i < texts.length; i++) {
      assertNull(rows.failures()[i], texts[i]);
      double sum = 0;
      for (int j = 0; j < 256; j++) {
        sum += Math.pow(rows.values()[i * 256 + j], 2);
      }
      assertEquals(1, sum, 1e-6, texts[i]);
    }
  }

  @Test
  void putsRelatedTextsNearerThanOthers() {
    double related = cosine("A man is playing a guitar.", "The man plays the guitar");
    double inflected = cosine("Kindergarten", "Kindergärten der Stadt");
    double other = cosine("A man is playing a guitar.", "Stock markets fell sharply on Monday");
    assertTrue(related > 0.6, "related " + related);
    assertTrue(inflected > 0.4, "inflected " + inflected);
    assertTrue(other < 0.25, "other " + other);
    assertTrue(cosine("猫がマットに座った", "猫がマットの上に座る") > 0.4);
  }

  @Test
  void seesNeitherCaseNorWidthNorPunctuation() {
    assertEquals(1, cosine("Hello, WORLD!", "hello world"), 1e-6);
    assertEquals(1, cosine("ＡＢＣ ﬁne", "abc fine"), 1e-6);
    assertEquals(1, cosine("cafe\u0301", "caf\u00e9"), 1e-6);
  }

  @Test
  void doesNotDependOnTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      float[] expected = encode(PLAIN, "TITLE INDEX").values();
      Locale.setDefault(new Locale("tr", "TR"));
      assertArrayEquals(expected, encode(PLAIN, "TITLE INDEX").values());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void givesTheSameVectorsWithAnyNumberOfThreads() {
    String[] texts = new String[500];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "word" + i + " and ".repeat(i % 9) + (i == 7 ? " long".repeat(5000) : "");
    }
    assertArrayEquals(
        encode(PLAIN, texts).values(), encode(new Options("", 1000, true, 0, 3), texts).values());
  }

  /** Every operation is exactly rounded, so no machine, JDK or compiler may change a bit. */
  @Test
  void givesTheSameBitsOnEveryMachine() {
    float[] vector =
        encode(PLAIN, "The quick brown fox jumps over the lazy dog, 7 times; 猫").values();
    StringBuilder bits = new StringBuilder();
    for (float v : vector) {
      bits.append(Integer.toHexString(Float.floatToIntBits(v))).append(' ');
    }
    assertEquals(
        "759dcc3ec429c6fafed3d4cde3f33611c4e13c298d940ed4ae314b9731c89616",
        ContentHash.of(bits.toString()));
  }

  @Test
  void countsWordsAndFlagsWhatIsCut() {
    EncodedRows rows =
        encode(new Options("the ", 3, true, 0, 1), "cat sat", "cat sat on", "", "cat sat.");
    assertArrayEquals(new int[] {3, 3, 1, 3}, rows.tokens());
    assertArrayEquals(new boolean[] {false, true, false, false}, rows.truncated());
    float[] values = rows.values();
    assertArrayEquals(Arrays.copyOf(values, 256), Arrays.copyOfRange(values, 256, 512));
  }

  @Test
  void takesRunsWithoutSpacesAsSeveralWords() {
    assertEquals(4, encode(PLAIN, "漢".repeat(200)).tokens()[0]);
    assertEquals(1, encode(PLAIN, "漢".repeat(64)).tokens()[0]);
  }

  @Test
  void keepsTheFirstDimensionsAndScalesThemAnew() {
    float[] whole = encode(PLAIN, "some words to describe").values();
    float[] part = encode(new Options("", 1000, true, 64, 1), "some words to describe").values();
    assertEquals(64, part.length);
    double scale = part[0] / whole[0];
    for (int j = 0; j < 64; j++) {
      assertEquals(whole[j] * scale, part[j], 1e-6);
    }
  }

  @Test
  void rejectsTextsWithoutAWord() {
    EncodedRows rows = encode(PLAIN, "", " \n", "?!...", "\ud83d", "word");
    for (int i = 0; i < 4; i++) {
      assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[i].reason());
    }
    assertNull(rows.failures()[4]);
  }

  @Test
  void refusesOptionsOutOfRange() {
    VectormillException e =
        assertThrows(VectormillException.class, () -> new Options("", 1, true, 257, 1));
    assertEquals(
        "builtin:text, dimensions: 257 is out of range; dimensions are 0..256, max length and"
            + " threads at least 1",
        e.getMessage());
    assertThrows(VectormillException.class, () -> new Options("", 0, true, 0, 1));
  }

  @Test
  void growsTheSumsWithoutLosingAny() {
    FeatureSums sums = new FeatureSums();
    for (int round = 0; round < 2; round++) {
      sums.clear();
      for (long i = 0; i < 6000; i++) {
        sums.add((i % 3000 + 1) * 0x9e3779b97f4a7c15L, (double) i);
      }
      assertEquals(3000, sums.size());
      for (int i = 0; i < 3000; i++) {
        assertEquals((i + 1) * 0x9e3779b97f4a7c15L, sums.feature(i));
        assertEquals(2.0 * i + 3000, sums.sum(i));
      }
    }
  }
}
