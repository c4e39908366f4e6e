package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NearestCentroidsTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  /** The plain reference: every distance, one by one. */
  private static int[] byDistance(VectorBlock block, int row, Centroids centroids) {
    return IntStream.range(0, centroids.count())
        .boxed()
        .sorted(
            (a, b) -> {
              int byCost =
                  Double.compare(centroids.cost(a, block, row), centroids.cost(b, block, row));
              return byCost != 0 ? byCost : a - b;
            })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void agreesWithDistancesOneByOne(Metric metric) {
    VectorBlock block = Blocks.packed(metric, Blocks.normal(300, 19, 300, 1).get(0));
    Centroids centroids = Blocks.centroids(metric, Blocks.normal(37, 19, 37, 2).get(0));
    try (NearestCentroids nearest = CPU.open(centroids)) {
      int[] first = nearest.nearest(block);
      int[] three = nearest.nearest(block, 3);
      for (int i = 0; i < block.rows(); i++) {
        int[] expected = byDistance(block, i, centroids);
        assertEquals(expected[0], first[i]);
        assertArrayEquals(Arrays.copyOf(expected, 3), Arrays.copyOfRange(three, 3 * i, 3 * i + 3));
      }
    }
  }

  @Test
  void goesOverTilesOfManyCentroids() {
    VectorBlock block = Blocks.normal(50, 8, 50, 3).get(0);
    float[] values = new float[2100 * 8];
    int filled = 0;
    for (VectorBlock part : Blocks.normal(2100, 8, 1000, 4)) {
      System.arraycopy(part.values(), 0, values, filled, part.values().length);
      filled += part.values().length;
    }
    Centroids centroids = new Centroids(Metric.L2, 8, values);
    try (NearestCentroids nearest = CPU.open(centroids)) {
      int[] first = nearest.nearest(block);
      int[] two = nearest.nearest(block, 2);
      for (int i = 0; i < block.rows(); i++) {
        int[] expected = byDistance(block, i, centroids);
        assertEquals(expected[0], first[i]);
        assertEquals(expected[0], two[2 * i]);
        assertEquals(expected[1], two[2 * i + 1]);
      }
      assertTrue(Arrays.stream(first).anyMatch(c -> c >= 2 * NearestCentroids.TILE));
    }
  }

  @Test
  void tellsCentroidsApartFarFromTheOrigin() {
    float[][] rows = new float[40][16];
    float[][] centres = new float[4][16];
    for (int c = 0; c < 4; c++) {
      Arrays.fill(centres[c], 10_000);
      centres[c][c] += 1;
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = centres[i % 4].clone();
    }
    VectorBlock from = Blocks.of(centres);
    try (NearestCentroids nearest = CPU.open(new Centroids(Metric.L2, 16, from.values()))) {
      int[] found = nearest.nearest(Blocks.of(rows));
      for (int i = 0; i < rows.length; i++) {
        assertEquals(i % 4, found[i]);
      }
    }
  }

  @Test
  void takesTheFirstOfEqualCentroids() {
    float[][] same = {{1, 2}, {3, 4}, {1, 2}, {3, 4}};
    Centroids centroids = new Centroids(Metric.L2, 2, Blocks.of(same).values());
    try (NearestCentroids nearest = CPU.open(centroids)) {
      VectorBlock block = Blocks.of(new float[][] {{1, 2}, {3, 4}});
      assertArrayEquals(new int[] {0, 1}, nearest.nearest(block));
      assertArrayEquals(new int[] {0, 2, 1, 3}, nearest.nearest(block, 2));
    }
  }

  @Test
  void givesARowTheSameClusterInAnyBlock() {
    VectorBlock whole = Blocks.normal(VectorBlock.ROWS, 64, VectorBlock.ROWS, 5).get(0);
    Centroids centroids = Blocks.centroids(Metric.L2, Blocks.normal(100, 64, 100, 6).get(0));
    try (NearestCentroids nearest = CPU.open(centroids)) {
      int[] together = nearest.nearest(whole);
      for (int i = 0; i < 20; i++) {
        assertEquals(together[i], nearest.nearest(Blocks.of(new float[][] {whole.row(i)}))[0]);
      }
    }
  }

  @Test
  void refusesBlocksOfAnotherDimensionAndTooManyNeighbours() {
    Centroids centroids = Blocks.centroids(Metric.L2, Blocks.normal(3, 4, 3, 7).get(0));
    try (NearestCentroids nearest = CPU.open(centroids)) {
      VectorBlock other = Blocks.normal(2, 5, 2, 8).get(0);
      assertThrows(IllegalArgumentException.class, () -> nearest.nearest(other));
      VectorBlock block = Blocks.normal(2, 4, 2, 8).get(0);
      assertThrows(IllegalArgumentException.class, () -> nearest.nearest(block, 4));
    }
  }
}
