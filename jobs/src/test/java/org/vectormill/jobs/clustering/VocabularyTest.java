package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.text.TfIdfModel;

/** Counting against the golden of udfs/src/test/python/make_tfidf_golden.py. */
class VocabularyTest extends SparkTest {
  private static final Configuration CONF = new Configuration();
  private static final Path GOLDEN = Path.of("../udfs/src/test/resources/text/tfidf-golden.json");

  private Table items(List<String> texts, int rowsPerGroup) {
    List<ItemRow> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(ItemTables.text("t" + i, texts.get(i)));
    }
    return new ItemTables(CONF, dir.resolve("items" + rowsPerGroup).toString(), rowsPerGroup)
        .wave(rows);
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(one -> strings.add(one.asText()));
    return strings;
  }

  @Test
  void takesScikitLearnsTermsAndWeights() throws Exception {
    JsonNode golden = new ObjectMapper().readTree(GOLDEN.toFile());
    List<String> texts = strings(golden.get("texts"));
    for (String part : List.of("all", "cut")) {
      int most = part.equals("all") ? 1000 : golden.get("most").asInt();
      TfIdfModel model = Vocabulary.count(spark, items(texts, part.equals("all") ? 3 : 4), most);
      assertEquals(strings(golden.get(part).get("terms")), model.terms());
      double[] expected = new double[model.terms().size()];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = golden.get(part).get("idf").get(j).asDouble();
      }
      assertArrayEquals(expected, model.idf().stream().mapToDouble(idf -> idf).toArray(), 1e-12);
      assertEquals(texts.size(), model.texts());
      assertEquals(most, model.asked());
    }
  }

  @Test
  void breaksTiesByTheTermHoweverManyTasksCount() {
    List<String> texts = List.of("bb aa", "dd cc", "aa bb cc dd \u00e4\u00e4", "zz \u00e4\u00e4");
    Table items = items(texts, 1);
    for (String partitions : List.of("1", "5")) {
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      assertEquals(
          List.of("aa", "bb", "cc", "dd", "\u00e4\u00e4"),
          Vocabulary.count(spark, items, 5).terms());
      assertEquals(List.of("aa", "bb", "cc"), Vocabulary.count(spark, items, 3).terms());
    }
    spark.conf().unset("spark.sql.shuffle.partitions");
  }

  @Test
  void keepsWhatItWrote() {
    Vocabulary vocabulary = new Vocabulary(dir.resolve("model").toString(), CONF);
    assertEquals(Optional.empty(), vocabulary.find());
    TfIdfModel model = new TfIdfModel(2, 5, List.of("aa"), List.of(1.25));
    vocabulary.write(model);
    assertEquals(Optional.of(model), vocabulary.find());
  }

  @Test
  void refusesTextsWithoutTerms() {
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> Vocabulary.count(spark, items(List.of("a b", "?"), 10), 5));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains("none of the 2 texts"), e.getMessage());
  }
}
