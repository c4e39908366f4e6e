package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.MetricRow;

class ClusterTermsTest {
  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Row text(int cluster, String text) {
    return RowFactory.create(cluster, text);
  }

  private static Dataset<Row> texts(Row... rows) {
    return spark.createDataFrame(
        List.of(rows),
        new StructType()
            .add("cluster", DataTypes.IntegerType, false)
            .add("text", DataTypes.StringType, false));
  }

  private static List<String> terms(List<MetricRow> metrics, int cluster) {
    return metrics.stream()
        .filter(row -> row.slice().equals("cluster=" + cluster))
        .map(row -> row.detail().get("term"))
        .toList();
  }

  @Test
  void scoresByClassBasedTfIdf() {
    // Cluster 0 has 6 terms, cluster 1 has 4, so a cluster has 5 on average.
    List<MetricRow> found =
        ClusterTerms.of(
            texts(text(0, "oil oil the"), text(0, "gas oil the"), text(1, "bank bank the oil")),
            new long[] {2, 1});
    assertEquals(List.of("gas", "oil"), terms(found, 0).stream().sorted().toList());
    assertEquals(List.of("oil", "gas"), terms(found, 0));
    assertEquals(List.of("bank"), terms(found, 1));
    MetricRow oil = found.get(0);
    assertEquals("term", oil.metric());
    assertEquals("term/cluster=0/1", oil.id());
    assertEquals(3 * Math.log(1 + 5.0 / 4), oil.value(), 1e-12);
    assertEquals(2, oil.n());
    assertEquals(1 * Math.log(1 + 5.0 / 1), found.get(1).value(), 1e-12);
    assertEquals(2 * Math.log(1 + 5.0 / 2), found.get(2).value(), 1e-12);
  }

  @Test
  void keepsTenTermsAndBreaksTiesByTheTerm() {
    StringBuilder words = new StringBuilder();
    for (char c = 'z'; c >= 'a'; c--) {
      words.append(c).append(c).append(' ');
    }
    for (String partitions : List.of("1", "6")) {
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      List<MetricRow> found =
          ClusterTerms.of(texts(text(0, words.toString()), text(2, "11")), new long[] {1, 0, 1});
      assertEquals(
          List.of("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj"), terms(found, 0));
      assertEquals(List.of("11"), terms(found, 2));
      List<String> ids = new ArrayList<>();
      found.forEach(row -> ids.add(row.id()));
      assertEquals(11, ids.stream().distinct().count());
    }
    spark.conf().unset("spark.sql.shuffle.partitions");
  }

  @Test
  void describesASingleClusterByItsMostFrequentTerms() {
    List<MetricRow> found =
        ClusterTerms.of(texts(text(0, "oil oil gas"), text(0, "oil bank")), new long[] {2});
    assertEquals("oil", terms(found, 0).get(0));
    assertEquals(3, found.size());
  }

  @Test
  void findsNothingInTextsWithoutTerms() {
    assertEquals(List.of(), ClusterTerms.of(texts(text(0, "?"), text(1, "")), new long[] {1, 1}));
  }
}
