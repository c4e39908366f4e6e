package org.vectormill.udfs.vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * k-means of rows that fit in the memory of one process, by the same kernels as over blocks:
 * centroids of centroids, and resamples that stability is judged by. In one fixed order, so equal
 * input gives equal bits.
 */
public final class SmallKMeans {
  private static final double TOLERANCE = 1e-5;

  private final MatrixSpec matrices;
  private final int maxIterations;

  /**
   * @param maxIterations at least 1
   */
  public SmallKMeans(MatrixSpec matrices, int maxIterations) {
    this.matrices = matrices;
    this.maxIterations = maxIterations;
  }

  /**
   * What came of it.
   *
   * @param clusters of the rows, in their order, with these centroids
   * @param cost of all rows in the last iteration
   */
  public record Fit(Centroids centroids, int[] clusters, double cost) {}

  /**
   * Clusters rows, each of weight 1, from k-means++.
   *
   * @param k at least 1, at most the number of rows
   */
  public Fit fit(Metric metric, WeightedRows rows, int k, long seed) {
    List<VectorBlock> blocks = blocks(rows);
    SumScale scale = scale(metric, rows);
    Centroids centroids = PlusPlus.choose(metric, rows, k, seed);
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < maxIterations; i++) {
      ClusterSums sums = new ClusterSums(metric, k, rows.dimension(), scale);
      assign(blocks, centroids, sums);
      centroids = CentroidUpdate.means(centroids, sums);
      boolean settled = Math.abs(before - sums.cost()) <= TOLERANCE * before;
      boolean ends = i > 0 && settled && !sums.anyEmpty();
      before = sums.cost();
      if (ends) {
        break;
      }
    }
    return new Fit(centroids, assign(blocks, centroids, null), before);
  }

  /** Numbers of the rows' nearest centroids, in the rows' order. */
  public int[] assign(WeightedRows rows, Centroids centroids) {
    return assign(blocks(rows), centroids, null);
  }

  /**
   * Numbers of each row's nearest centroids, nearest first.
   *
   * @param count at least 1, at most the number of centroids
   * @return rows x count numbers, row-major
   */
  public int[] nearest(WeightedRows rows, Centroids centroids, int count) {
    int[] all = new int[count * rows.rows()];
    int at = 0;
    try (NearestCentroids nearest = matrices.open(centroids)) {
      for (VectorBlock block : blocks(rows)) {
        int[] own = nearest.nearest(block, count);
        System.arraycopy(own, 0, all, at, own.length);
        at += own.length;
      }
    }
    return all;
  }

  private int[] assign(List<VectorBlock> blocks, Centroids centroids, ClusterSums sums) {
    int[] clusters = new int[blocks.stream().mapToInt(VectorBlock::rows).sum()];
    int at = 0;
    try (NearestCentroids nearest = matrices.open(centroids)) {
      for (VectorBlock block : blocks) {
        int[] own = nearest.nearest(block);
        if (sums != null) {
          sums.add(block, own, centroids);
        }
        System.arraycopy(own, 0, clusters, at, own.length);
        at += own.length;
      }
    }
    return clusters;
  }

  private static List<VectorBlock> blocks(WeightedRows rows) {
    int d = rows.dimension();
    List<VectorBlock> blocks = new ArrayList<>();
    for (int from = 0; from < rows.rows(); from += VectorBlock.ROWS) {
      int to = Math.min(rows.rows(), from + VectorBlock.ROWS);
      blocks.add(
          new VectorBlock(
              d,
              java.util.Arrays.copyOfRange(rows.values(), from * d, to * d),
              java.util.Arrays.copyOfRange(rows.keys(), from, to)));
    }
    return blocks;
  }

  private static SumScale scale(Metric metric, WeightedRows rows) {
    double largest = 0;
    double norm = 0;
    int d = rows.dimension();
    for (int i = 0; i < rows.rows(); i++) {
      norm = Math.max(norm, FloatRows.dot(rows.values(), i * d, rows.values(), i * d, d));
    }
    for (float value : rows.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return SumScale.of(rows.rows(), largest, metric == Metric.COSINE ? 2 : 8 * norm);
  }
}
