package org.vectormill.udfs.vectors;

import java.io.Serializable;

/**
 * What an iteration of k-means has to know of each cluster, added up over rows. Sums are whole
 * numbers ({@link SumScale}), so that parts may be added up in any order and grouping and give the
 * same bits. Filled by one thread.
 */
public final class ClusterSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Metric metric;
  private final int dimension;
  private final SumScale scale;
  private final long[] sums;
  private final long[] counts;
  private final long[] costs;

  public ClusterSums(Metric metric, int clusters, int dimension, SumScale scale) {
    this.metric = metric;
    this.dimension = dimension;
    this.scale = scale;
    this.sums = new long[Math.multiplyExact(clusters, dimension)];
    this.counts = new long[clusters];
    this.costs = new long[clusters];
  }

  /** Adds the rows of a block, each to its cluster. */
  public void add(VectorBlock block, int[] clusters, Centroids centroids) {
    for (int i = 0; i < block.rows(); i++) {
      add(block, i, clusters[i], centroids.cost(clusters[i], block, i));
    }
  }

  /** Adds one row of a block to a cluster. */
  void add(VectorBlock block, int row, int cluster, double cost) {
    int to = cluster * dimension;
    int from = row * dimension;
    double factor = scale.components();
    float[] values = block.values();
    for (int i = 0; i < dimension; i++) {
      // Rounds to the nearest grid line by the one rule that the JVM has an instruction for.
      sums[to + i] += (long) Math.rint(values[from + i] * factor);
    }
    counts[cluster]++;
    costs[cluster] += scale.cost(cost);
  }

  /** Adds all of {@code other}, which is of the same scale and size, to this. */
  public ClusterSums merge(ClusterSums other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      costs[i] += other.costs[i];
    }
    return this;
  }

  /** Bytes of its arrays, in memory as on the way to the driver. */
  public long bytes() {
    return (sums.length + counts.length + (long) costs.length) * Long.BYTES;
  }

  public int clusters() {
    return counts.length;
  }

  public long count(int cluster) {
    return counts[cluster];
  }

  /** Copy of the number of rows of each cluster. */
  public long[] counts() {
    return counts.clone();
  }

  /** Sum of the rows' costs in one cluster. */
  public double cost(int cluster) {
    return scale.cost(costs[cluster]);
  }

  /** Sum of all rows' costs: the inertia. */
  public double cost() {
    long total = 0;
    for (long cost : costs) {
      total += cost;
    }
    return scale.cost(total);
  }

  /**
   * Writes the mean of a cluster's rows, of unit length where the metric is cosine.
   *
   * @return false, and nothing written, where the cluster is empty or its rows cancel
   */
  boolean mean(int cluster, float[] to) {
    int at = cluster * dimension;
    if (counts[cluster] == 0) {
      return false;
    }
    double norm = 0;
    for (int i = 0; i < dimension; i++) {
      double sum = sums[at + i];
      norm += sum * sum;
    }
    if (metric == Metric.COSINE && norm == 0) {
      return false;
    }
    double divisor =
        metric == Metric.COSINE ? Math.sqrt(norm) : scale.components() * counts[cluster];
    for (int i = 0; i < dimension; i++) {
      to[at + i] = (float) (sums[at + i] / divisor);
    }
    return true;
  }

  /** Length of the mean of a cluster's rows, which has at least one; of unit rows from 0 to 1. */
  double meanLength(int cluster) {
    double norm = 0;
    for (int i = 0; i < dimension; i++) {
      double sum = sum(cluster, i);
      norm += sum * sum;
    }
    return Math.sqrt(norm) / counts[cluster];
  }

  /** Whether no row is in some cluster. */
  public boolean anyEmpty() {
    for (long count : counts) {
      if (count == 0) {
        return true;
      }
    }
    return false;
  }

  /** Sum of a cluster's rows, component {@code i}. */
  double sum(int cluster, int i) {
    return sums[cluster * dimension + i] / scale.components();
  }
}
