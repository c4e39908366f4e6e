package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterSumsTest {
  private static final SumScale SCALE = SumScale.of(5000, 10, 1000);

  private static ClusterSums sums(List<VectorBlock> blocks, Centroids centroids) {
    ClusterSums sums =
        new ClusterSums(centroids.metric(), centroids.count(), centroids.dimension(), SCALE);
    for (VectorBlock block : blocks) {
      int[] clusters = new int[block.rows()];
      for (int i = 0; i < clusters.length; i++) {
        clusters[i] = (int) (block.keys()[i] % centroids.count());
      }
      sums.add(block, clusters, centroids);
    }
    return sums;
  }

  private static final Centroids CENTROIDS =
      Blocks.centroids(Metric.L2, Blocks.normal(7, 12, 7, 1).get(0));

  @Test
  void isTheSameInAnyOrderAndGrouping() {
    List<VectorBlock> blocks = new ArrayList<>(Blocks.normal(5000, 12, 100, 2));
    ClusterSums inOrder = sums(blocks, CENTROIDS);
    Centroids expected = CentroidUpdate.means(CENTROIDS, inOrder);
    for (int parts : new int[] {1, 2, 7, 50}) {
      Collections.shuffle(blocks, new Random(parts));
      ClusterSums merged = sums(List.of(), CENTROIDS);
      for (int part = 0; part < parts; part++) {
        int from = blocks.size() * part / parts;
        int to = blocks.size() * (part + 1) / parts;
        merged.merge(sums(blocks.subList(from, to), CENTROIDS));
      }
      assertEquals(inOrder.cost(), merged.cost());
      assertArrayEquals(inOrder.counts(), merged.counts());
      assertArrayEquals(expected.values(), CentroidUpdate.means(CENTROIDS, merged).values());
    }
  }

  @Test
  void agreesWithSumsInDoublePrecision() {
    List<VectorBlock> blocks = Blocks.normal(5000, 12, 1000, 3);
    Centroids means = CentroidUpdate.means(CENTROIDS, sums(blocks, CENTROIDS));
    double[] expected = new double[7 * 12];
    int[] counts = new int[7];
    for (VectorBlock block : blocks) {
      for (int i = 0; i < block.rows(); i++) {
        int c = (int) (block.keys()[i] % 7);
        counts[c]++;
        for (int j = 0; j < 12; j++) {
          expected[c * 12 + j] += block.values()[i * 12 + j];
        }
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] / counts[i / 12], means.values()[i], 1e-7);
    }
  }

  @Test
  void holdsTheLargestSumsWithoutOverflow() {
    long rows = 1L << 40;
    SumScale scale = SumScale.of(rows, 1000, 1e6);
    double most = rows * 1000.0 * scale.components();
    assertFalse(most >= 0x1p62, "sum of components " + most);
    assertFalse(rows * 1e6 * scale.costs() >= 0x1p62);
    assertFalse(most < 0x1p58, "the grid is coarser than it has to be: " + most);
  }

  @Test
  void splitsTheLargestClusterWhereOneIsEmpty() {
    Centroids before = new Centroids(Metric.L2, 2, new float[] {0, 0, 10, 10, 99, 99, 98, 98});
    float[][] rows = {{1, 2}, {8, 8}, {12, 10}, {10, 12}};
    VectorBlock block = Blocks.of(rows);
    ClusterSums sums = new ClusterSums(Metric.L2, 4, 2, SCALE);
    sums.add(block, new int[] {0, 1, 1, 1}, before);
    float[] after = CentroidUpdate.means(before, sums).values();
    assertArrayEquals(new float[] {1, 2}, new float[] {after[0], after[1]});
    // 3 rows became 2 and 1; the two of cluster 1 were split once more.
    for (int c = 1; c < 4; c++) {
      assertEquals(10, after[2 * c], 1.5);
      assertEquals(10, after[2 * c + 1], 1.5);
    }
    assertFalse(after[2] == after[4] || after[2] == after[6] || after[4] == after[6]);
  }

  @Test
  void movesABatchTowardsTheMeanOfAllRowsSeen() {
    Centroids before = new Centroids(Metric.L2, 1, new float[] {2, 7});
    ClusterSums sums = new ClusterSums(Metric.L2, 2, 1, SCALE);
    sums.add(Blocks.of(new float[][] {{5}, {8}}), new int[] {0, 0}, before);
    long[] seen = {2, 0};
    float[] after = CentroidUpdate.moved(before, sums, seen).values();
    // Two rows of mean 2, then 5 and 8.
    assertEquals((2 + 2 + 5 + 8) / 4f, after[0], 1e-6);
    assertEquals(7, after[1]);
    assertArrayEquals(new long[] {4, 0}, seen);
  }
}
