package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;

class TfIdfEncoderTest {
  private static final JsonNode GOLDEN = TextGoldens.json("tfidf-golden.json");

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(one -> strings.add(one.asText()));
    return strings;
  }

  /** The golden's vocabulary, with weights of our own. */
  private static TfIdfModel model(JsonNode golden) {
    List<String> texts = strings(GOLDEN.get("texts"));
    List<String> terms = strings(golden.get("terms"));
    List<Double> idf =
        terms.stream()
            .map(term -> texts.stream().filter(t -> Terms.counts(t).containsKey(term)).count())
            .map(having -> TfIdfModel.idf(texts.size(), having))
            .toList();
    return new TfIdfModel(texts.size(), terms.size(), terms, idf);
  }

  private static EncodedRows encode(TfIdfModel model, int dimensions, boolean unit, int threads) {
    try (TfIdfEncoder encoder = new TfIdfEncoder(model, dimensions, unit, threads)) {
      return encoder.encode(strings(GOLDEN.get("texts")).toArray(String[]::new));
    }
  }

  @Test
  void weighsTermsAsScikitLearnDoes() {
    for (String part : List.of("all", "cut")) {
      double[] idf = model(GOLDEN.get(part)).idf().stream().mapToDouble(x -> x).toArray();
      assertArrayEquals(TextGoldens.numbers(GOLDEN.get(part).get("idf")), idf, 1e-12);
    }
  }

  @Test
  void givesScikitLearnsVectors() {
    for (String part : List.of("all", "cut")) {
      JsonNode golden = GOLDEN.get(part);
      EncodedRows rows = encode(model(golden), 0, true, 2);
      int d = rows.dimension();
      assertEquals(golden.get("terms").size(), d);
      for (int i = 0; i < golden.get("vectors").size(); i++) {
        double[] expected = TextGoldens.numbers(golden.get("vectors").get(i));
        for (int j = 0; j < d; j++) {
          assertEquals(expected[j], rows.values()[i * d + j], 1e-7, part + " text " + i);
        }
      }
    }
  }

  @Test
  void refusesOnlyTheTextsWithoutAKnownTerm() {
    JsonNode cut = GOLDEN.get("cut");
    EncodedRows rows = encode(model(cut), 0, true, 1);
    for (int i = 0; i < cut.get("vectors").size(); i++) {
      double[] expected = TextGoldens.numbers(cut.get("vectors").get(i));
      if (IntStream.range(0, expected.length).allMatch(j -> expected[j] == 0)) {
        assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[i].reason());
        assertEquals(0, rows.tokens()[i]);
      } else {
        assertNull(rows.failures()[i]);
        assertTrue(rows.tokens()[i] > 0);
      }
    }
  }

  @Test
  void countsKnownPlacesAndLeavesLengthsAloneWhenAsked() {
    TfIdfModel model = new TfIdfModel(3, 2, List.of("oil", "bank"), List.of(2.0, 3.0));
    try (TfIdfEncoder encoder = new TfIdfEncoder(model, 0, false, 1)) {
      EncodedRows rows = encoder.encode(new String[] {"Oil oil OIL bank x gas"});
      assertEquals(4, rows.tokens()[0]);
      assertArrayEquals(new float[] {(float) (2 * (1 + Math.log(3))), 3f}, rows.values(), 1e-6f);
    }
  }

  @Test
  void keepsTheMostFrequentTermsOfFewerDimensions() {
    EncodedRows rows = encode(model(GOLDEN.get("all")), GOLDEN.get("most").asInt(), true, 1);
    EncodedRows cut = encode(model(GOLDEN.get("cut")), 0, true, 1);
    assertArrayEquals(cut.values(), rows.values());
    VectormillException e =
        assertThrows(VectormillException.class, () -> encode(model(GOLDEN.get("cut")), 6, true, 1));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("5, got 6"), e.getMessage());
  }
}
