package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quality, stability and sizes of clusters. */
class JudgingClustersTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        JudgingClustersTest.class.getResourceAsStream("/clustering/goldens.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static WeightedRows rows(JsonNode rows) {
    List<WeightedRows.Row> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      float[] row = new float[rows.get(i).size()];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) rows.get(i).get(j).asDouble();
      }
      all.add(new WeightedRows.Row(i, row));
    }
    return WeightedRows.of(all.get(0).values().length, all);
  }

  @Test
  void agreesWithScikitLearnOnSilhouetteAndDaviesBouldin() throws IOException {
    WeightedRows rows = rows(golden().get("rows"));
    JsonNode expected = golden().get("euclidean");
    WeightedRows means = rows(expected.get("centroids"));
    Centroids centroids = new Centroids(Metric.L2, means.dimension(), means.values());
    int[] two = new SmallKMeans(CPU, 1).nearest(rows, centroids, 2);
    ClusterQuality quality = ClusterQuality.of(rows, centroids, two);
    assertEquals(expected.get("silhouette").asDouble(), quality.silhouette(), 1e-5);
    assertEquals(expected.get("davies_bouldin").asDouble(), quality.daviesBouldin(), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void groupsAsScipyDoesWithAverageLinkage(Metric metric) throws IOException {
    WeightedRows rows = rows(golden().get("rows"));
    float[][] every5th = new float[rows.rows() / 5][];
    for (int i = 0; i < every5th.length; i++) {
      every5th[i] = rows.row(5 * i);
    }
    int[] groups = AverageLinkage.groups(Blocks.centroids(metric, Blocks.of(every5th)), 9);
    String name = metric == Metric.L2 ? "euclidean" : "cosine";
    JsonNode expected = golden().get("average_linkage").get(name);
    for (int i = 0; i < groups.length; i++) {
      for (int j = 0; j < i; j++) {
        boolean together = expected.get(i).asInt() == expected.get(j).asInt();
        assertEquals(together, groups[i] == groups[j], name + ", rows " + i + " and " + j);
      }
    }
  }

  @Test
  void findsFarGroupsInMemory() {
    List<WeightedRows.Row> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(new WeightedRows.Row(i, new float[] {i % 3 * 100 + i % 7, i % 3 * -50}));
    }
    WeightedRows all = WeightedRows.of(2, rows);
    SmallKMeans.Fit fit = new SmallKMeans(CPU, 20).fit(Metric.L2, all, 3, 1);
    for (int i = 3; i < 3000; i++) {
      assertEquals(fit.clusters()[i % 3], fit.clusters()[i]);
    }
    ClusterNumber number = new ClusterNumber(Metric.L2, all, CPU, 5);
    assertEquals(1, number.judge(3).stability(), 1e-12);
    ClusterNumber.Judged best =
        ClusterNumber.best(List.of(number.judge(2), number.judge(3), number.judge(5)));
    assertEquals(3, best.k());
  }
}
