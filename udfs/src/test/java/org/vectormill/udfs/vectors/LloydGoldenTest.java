package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lloyd's iterations to their end, against scikit-learn and NumPy in double precision. */
class LloydGoldenTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);
  private final JsonNode golden = golden();

  private static JsonNode golden() {
    try (InputStream in = LloydGoldenTest.class.getResourceAsStream("/clustering/goldens.json")) {
      return new ObjectMapper().readTree(in);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private float[][] rows(double offset) {
    float[][] rows = new float[golden.get("rows").size()][];
    for (int i = 0; i < rows.length; i++) {
      JsonNode row = golden.get("rows").get(i);
      rows[i] = new float[row.size()];
      for (int j = 0; j < row.size(); j++) {
        rows[i][j] = (float) row.get(j).asDouble() - (float) offset;
      }
    }
    return rows;
  }

  private record Fit(Centroids centroids, int[] clusters, double cost) {}

  private static Fit fit(VectorBlock block, Centroids start) {
    Centroids centroids = start;
    SumScale scale = SumScale.of(block.rows(), 200, 8e5);
    for (int i = 0; i < 100; i++) {
      ClusterSums sums = sums(block, centroids, scale);
      centroids = CentroidUpdate.means(centroids, sums);
    }
    try (NearestCentroids nearest = CPU.open(centroids)) {
      return new Fit(centroids, nearest.nearest(block), sums(block, centroids, scale).cost());
    }
  }

  private static ClusterSums sums(VectorBlock block, Centroids centroids, SumScale scale) {
    ClusterSums sums =
        new ClusterSums(centroids.metric(), centroids.count(), centroids.dimension(), scale);
    try (NearestCentroids nearest = CPU.open(centroids)) {
      sums.add(block, nearest.nearest(block), centroids);
    }
    return sums;
  }

  private static Centroids every50th(Metric metric, VectorBlock block) {
    float[][] start =
        IntStream.range(0, 6).mapToObj(c -> block.row(50 * c)).toArray(float[][]::new);
    return Blocks.centroids(metric, Blocks.of(start));
  }

  private static void assertFits(JsonNode expected, double cost, Fit fit) {
    for (int i = 0; i < fit.clusters().length; i++) {
      assertEquals(expected.get("clusters").get(i).asInt(), fit.clusters()[i], "row " + i);
    }
    int d = fit.centroids().dimension();
    for (int i = 0; i < fit.centroids().values().length; i++) {
      double value = expected.get("centroids").get(i / d).get(i % d).asDouble();
      assertEquals(value, fit.centroids().values()[i], 1e-4, "component " + i);
    }
    assertEquals(cost, fit.cost(), 1e-5 * cost);
  }

  @Test
  void endsWhereScikitLearnEnds() {
    VectorBlock block = Blocks.of(rows(0));
    Fit fit = fit(block, every50th(Metric.L2, block));
    JsonNode expected = golden.get("euclidean");
    assertFits(expected, expected.get("inertia").asDouble(), fit);
  }

  @Test
  void endsWhereNumPyEndsOnTheSphere() {
    float[][] rows = rows(100);
    VectorBlock unit = Blocks.packed(Metric.COSINE, Blocks.of(rows));
    Fit fit = fit(unit, every50th(Metric.COSINE, unit));
    JsonNode expected = golden.get("spherical");
    assertFits(expected, expected.get("cost").asDouble(), fit);
  }
}
