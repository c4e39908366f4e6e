package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.text.StaticTextEncoder.Options;

final class StaticTextEncoderTest {
  private static StaticTextEncoder load(Path folder, int maxLength, int dimensions) {
    TokenizerFile file = TokenizerFile.read(folder);
    boolean normalise = TextEncoders.normalises(EngineKind.STATIC, folder);
    return new StaticTextEncoder(
        file,
        StaticTable.read(folder, file.highestId() + 1),
        new Options("", maxLength, dimensions, normalise, 1));
  }

  private static void requireGolden(JsonNode golden, StaticTextEncoder encoder) {
    String text = golden.get("text").textValue();
    EncodedRows rows = encoder.encode(new String[] {text});
    double[] expected = TextGoldens.numbers(golden.get("vector"));
    // model2vec gives a zero vector where no token is left; here that is a reject.
    boolean zero = Arrays.equals(new double[expected.length], expected);
    assertEquals(zero, rows.failures()[0] != null, text);
    assertEquals(expected.length, rows.dimension());
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], rows.values()[j], 1e-6, text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"static-plain", "static-quantised"})
  void givesTheVectorsOfModel2vec(String name) {
    Path folder = TextGoldens.folder(name);
    for (JsonNode golden : TextGoldens.json(name + "/vectors.json")) {
      int maxLength = golden.path("max_length").asInt(512);
      try (StaticTextEncoder encoder = load(folder, maxLength, 0)) {
        requireGolden(golden, encoder);
      }
    }
  }

  @Test
  void givesTheVectorsOfAPublishedModel() {
    Path folder = TextGoldens.shared("data/models/model2vec-vocab-quantized");
    try (StaticTextEncoder encoder = load(folder, 512, 0)) {
      for (JsonNode golden : TextGoldens.json("model2vec-vocab-quantized.json")) {
        requireGolden(golden, encoder);
      }
      EncodedRows rows = encoder.encode(new String[] {"hello ".repeat(1000)});
      double[] expected =
          TextGoldens.numbers(TextGoldens.json(folder.resolve("expected_hello_x1000.json")).get(0));
      for (int j = 0; j < 64; j++) {
        assertEquals(expected[j], rows.values()[j], 1e-6);
      }
      assertTrue(rows.truncated()[0]);
    }
  }

  @Test
  void countsKnownTokensAndFlagsWhatIsCut() {
    try (StaticTextEncoder encoder = load(TextGoldens.folder("static-plain"), 4, 0)) {
      EncodedRows rows =
          encoder.encode(
              new String[] {"the cat xyz", "a a a a", "a a a a a", "the " + "mat ".repeat(9)});
      assertArrayEquals(new int[] {2, 4, 4, 3}, rows.tokens());
      assertFalse(rows.truncated()[0]);
      assertFalse(rows.truncated()[1]);
      assertTrue(rows.truncated()[2]);
      // 4 tokens x 3 characters of the median token leave "the mat mat ".
      assertTrue(rows.truncated()[3]);
    }
  }

  @Test
  void rejectsTextsWithoutAKnownToken() {
    try (StaticTextEncoder encoder = load(TextGoldens.folder("static-quantised"), 512, 0)) {
      EncodedRows rows = encoder.encode(new String[] {"xyz", "", "the cat"});
      assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[0].reason());
      assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[1].reason());
      assertNull(rows.failures()[2]);
    }
  }

  @Test
  void givesTheSameVectorsWithAnyNumberOfThreads() {
    Path folder = TextGoldens.folder("static-quantised");
    TokenizerFile file = TokenizerFile.read(folder);
    StaticTable table = StaticTable.read(folder, file.highestId() + 1);
    String[] texts = new String[1000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "the cat ".repeat(i % 7) + "mat";
    }
    try (StaticTextEncoder one =
            new StaticTextEncoder(file, table, new Options("a ", 512, 3, true, 1));
        StaticTextEncoder four =
            new StaticTextEncoder(file, table, new Options("a ", 512, 3, true, 4))) {
      assertEquals(3, one.dimension());
      EncodedRows expected = one.encode(texts);
      assertArrayEquals(expected.values(), four.encode(texts).values());
      assertEquals(2, expected.tokens()[0]);
    }
  }

  @Test
  void readsAnNpyMatrixWhereThereIsNoOther(@TempDir Path folder) throws Exception {
    Files.copy(
        TextGoldens.folder("static-plain").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    VectormillException none = assertThrows(VectormillException.class, () -> load(folder, 512, 0));
    assertTrue(none.getMessage().contains("has neither model.safetensors nor"), none.getMessage());
    Files.copy(TextGoldens.folder("f4.npy"), folder.resolve("embeddings.npy"));
    try (StaticTextEncoder encoder = load(folder, 512, 0)) {
      requireGolden(TextGoldens.json("static-plain/vectors.json").get(0), encoder);
    }
  }

  @Test
  void refusesATableOfAnotherTokenizer() {
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> StaticTable.read(TextGoldens.folder("static-plain"), 24));
    assertTrue(
        e.getMessage().contains("vectors for 23 tokens, but the tokenizer has 24"), e.getMessage());
  }
}
