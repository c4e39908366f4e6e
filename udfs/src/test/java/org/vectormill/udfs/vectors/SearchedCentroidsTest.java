package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SearchedCentroidsTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);
  private static final int D = 8;

  private static float[] values(Random random, int rows, Metric metric) {
    float[] values = new float[rows * D];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    if (metric == Metric.COSINE) {
      for (int i = 0; i < rows; i++) {
        FloatRows.normalise(values, i * D, D);
      }
    }
    return values;
  }

  private static Centroids centroids(Metric metric) {
    return new Centroids(metric, D, values(new Random(1), 400, metric));
  }

  private static VectorBlock block(Metric metric) {
    return new VectorBlock(D, values(new Random(2), 300, metric), new long[300]);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void looksOnlyIntoTheProbedGroups(Metric metric) {
    Centroids centroids = centroids(metric);
    SearchedCentroids searched = SearchedCentroids.grouped(centroids, CPU, 3, 7);
    assertTrue(searched.approximate());
    int groups = searched.heads().count();
    assertTrue(groups > 15 && groups <= 20, groups + " groups");
    VectorBlock block = block(metric);
    try (CentroidSearch search = searched.open(CPU);
        CentroidSearch heads = CPU.open(searched.heads())) {
      int[] probed = heads.nearest(block, 3);
      int[] found = search.nearest(block, 2);
      assertArrayEquals(search.nearest(block), firsts(found));
      for (int i = 0; i < block.rows(); i++) {
        int best = -1;
        for (int c = 0; c < centroids.count(); c++) {
          int group = searched.groupOf()[c];
          boolean looked =
              group == probed[3 * i] || group == probed[3 * i + 1] || group == probed[3 * i + 2];
          if (looked
              && (best < 0 || centroids.cost(c, block, i) < centroids.cost(best, block, i))) {
            best = c;
          }
        }
        assertEquals(best, found[2 * i], "row " + i);
        assertTrue(centroids.cost(found[2 * i + 1], block, i) >= centroids.cost(best, block, i));
      }
    }
  }

  private static int[] firsts(int[] pairs) {
    int[] firsts = new int[pairs.length / 2];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = pairs[2 * i];
    }
    return firsts;
  }

  @Test
  void agreesMoreTheMoreGroupsAreProbed() {
    Centroids centroids = centroids(Metric.COSINE);
    VectorBlock block = block(Metric.COSINE);
    int[] exact;
    try (CentroidSearch search = SearchedCentroids.exact(centroids).open(CPU)) {
      exact = search.nearest(block);
    }
    double before = 0;
    for (int probes : new int[] {2, 6, 12}) {
      try (CentroidSearch search = SearchedCentroids.grouped(centroids, CPU, probes, 7).open(CPU)) {
        int[] found = search.nearest(block);
        int agreeing = 0;
        for (int i = 0; i < exact.length; i++) {
          agreeing += found[i] == exact[i] ? 1 : 0;
        }
        assertTrue(agreeing >= before, probes + " probes agree on " + agreeing);
        before = agreeing;
      }
    }
    assertTrue(before > 0.95 * exact.length, "12 of 20 groups agree on " + before);
  }

  @Test
  void asManyProbesAsGroupsAreExact() {
    assertFalse(SearchedCentroids.grouped(centroids(Metric.L2), CPU, 20, 7).approximate());
  }

  @Test
  void equalCentroidsGiveTheLowerNumber() {
    float[] values = new float[100 * D];
    for (int c = 0; c < 100; c++) {
      values[c * D] = c / 2;
    }
    Centroids pairs = new Centroids(Metric.L2, D, values);
    VectorBlock block = new VectorBlock(D, values, new long[100]);
    try (CentroidSearch search = SearchedCentroids.grouped(pairs, CPU, 3, 1).open(CPU)) {
      int[] found = search.nearest(block);
      for (int i = 0; i < found.length; i++) {
        assertEquals(i / 2 * 2, found[i]);
      }
    }
  }
}
