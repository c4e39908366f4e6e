package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters depend on distances between rows, not on where the origin is. */
class FarFromOriginTest {
  private static final int D = 16;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  /** Three groups half a unit apart, whose rows lie about .01 from their group's mean. */
  private static float[] rows(int count, double offset) {
    Random random = new Random(7);
    float[] values = new float[count * D];
    for (int i = 0; i < values.length; i++) {
      int group = i / D % 3;
      values[i] = (float) (offset + 0.5 * group + 0.01 * random.nextGaussian());
    }
    return values;
  }

  private static double inertia(double offset, int k) {
    WeightedRows rows = WeightedRows.equal(D, rows(500, offset));
    SmallKMeans.Fit fit = new SmallKMeans(CPU, 50).fit(Metric.L2, rows, k, 3);
    double inertia = 0;
    for (int i = 0; i < rows.rows(); i++) {
      float[] row = Arrays.copyOfRange(rows.values(), i * D, (i + 1) * D);
      inertia += fit.centroids().cost(fit.clusters()[i], row);
    }
    return inertia;
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 1000})
  void anOffsetDoesNotChangeHowNearCentroidsCome(double offset) {
    assertEquals(inertia(0, 30), inertia(offset, 30), 0.05 * inertia(0, 30));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1000})
  void findsTheCentroidThatDistancesSayIsNearest(double offset) {
    float[] values = rows(300, offset);
    long[] keys = new long[300];
    VectorBlock block = new VectorBlock(D, values, keys);
    Centroids centroids = new Centroids(Metric.L2, D, Arrays.copyOf(values, 40 * D));
    int[] exact = new int[300];
    for (int i = 0; i < 300; i++) {
      for (int c = 1; c < 40; c++) {
        if (centroids.cost(c, block, i) < centroids.cost(exact[i], block, i)) {
          exact[i] = c;
        }
      }
    }
    SearchedCentroids all = SearchedCentroids.grouped(centroids, CPU, 7, 1);
    int agreeing = 0;
    int grouped = 0;
    try (CentroidSearch one = CPU.open(centroids);
        CentroidSearch two = all.open(CPU)) {
      int[] found = one.nearest(block);
      int[] foundInGroups = two.nearest(block);
      for (int i = 0; i < 300; i++) {
        agreeing += found[i] == exact[i] ? 1 : 0;
        grouped += foundInGroups[i] == exact[i] ? 1 : 0;
      }
    }
    assertTrue(agreeing >= 299, agreeing + " of 300");
    assertTrue(grouped >= 299, grouped + " of 300");
  }

  private static int[] sizesAfterASplit(Metric metric, float[][] rows, float[] first, float[] far) {
    int d = first.length;
    float[] values = Arrays.copyOf(first, 2 * d);
    System.arraycopy(far, 0, values, d, d);
    Centroids before = new Centroids(metric, d, values);
    VectorBlock block = Blocks.packed(metric, Blocks.of(rows));
    SumScale scale = SumScale.of(rows.length, 2000, 1e9);
    ClusterSums sums = new ClusterSums(metric, 2, d, scale);
    sums.add(block, new int[rows.length], before);
    int[] sizes = new int[2];
    try (CentroidSearch nearest = CPU.open(CentroidUpdate.means(before, sums))) {
      for (int c : nearest.nearest(block)) {
        sizes[c]++;
      }
    }
    return sizes;
  }

  /** The mean of rows and their negatives is 0, which no share of it moves. */
  @Test
  void splitsAClusterWhoseMeanIsZero() {
    Random random = new Random(3);
    float[][] rows = new float[200][D];
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < D; j++) {
        rows[i][j] = (float) random.nextGaussian();
        rows[100 + i][j] = -rows[i][j];
      }
    }
    float[] far = new float[D];
    Arrays.fill(far, 50);
    int[] sizes = sizesAfterASplit(Metric.L2, rows, new float[D], far);
    assertEquals(100, sizes[0], 5);
    assertEquals(200, sizes[0] + sizes[1]);
  }

  @Test
  void splitsRowsOnALine() {
    float[][] rows = new float[100][];
    for (int i = 0; i < 100; i++) {
      rows[i] = new float[] {1000 + i / 100f, 1000 + i / 100f};
    }
    int[] sizes =
        sizesAfterASplit(Metric.L2, rows, new float[] {1000, 1000}, new float[] {1500, 0});
    assertTrue(sizes[0] >= 20 && sizes[1] >= 20, sizes[0] + " and " + sizes[1]);
  }

  @Test
  void splitsDirectionsThatAreNearlyTheSame() {
    Random random = new Random(4);
    float[][] rows = new float[200][D];
    for (float[] row : rows) {
      for (int j = 0; j < D; j++) {
        row[j] = (float) (1 + 0.01 * random.nextGaussian());
      }
    }
    float[] one = new float[D];
    Arrays.fill(one, 0.25f);
    float[] other = new float[D];
    other[0] = -1;
    int[] sizes = sizesAfterASplit(Metric.COSINE, rows, one, other);
    assertTrue(sizes[0] >= 40 && sizes[1] >= 40, sizes[0] + " and " + sizes[1]);
  }

  @Test
  void leavesAClusterOfEqualRowsWhole() {
    float[][] rows = new float[30][];
    Arrays.fill(rows, new float[] {3, 4});
    Centroids before = new Centroids(Metric.L2, 2, new float[] {3, 4, 90, 90});
    ClusterSums sums = new ClusterSums(Metric.L2, 2, 2, SumScale.of(30, 100, 1e6));
    sums.add(Blocks.of(rows), new int[30], before);
    assertArrayEquals(before.values(), CentroidUpdate.means(before, sums).values());
  }
}
