package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many rows of each cluster are how far from leaving it: for each cluster, rows counted by the
 * least penalty that would give them to their second cluster. Counts of parts add up to the same in
 * any order. Filled by one thread.
 */
public final class MarginCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS_PER_OCTAVE = 8;
  private static final int OCTAVES = 20;
  private static final int BINS = 2 * OCTAVES * BINS_PER_OCTAVE;

  private final double unit;
  private final int[] bins;
  private final long[] sizes;

  /**
   * @param unit a typical cost, above 0: penalties from a millionth to a million of it are told
   *     apart
   */
  public MarginCounts(int clusters, double unit) {
    this.unit = unit;
    this.bins = new int[Math.multiplyExact(clusters, BINS)];
    this.sizes = new long[clusters];
  }

  /**
   * Adds the rows of a block.
   *
   * @param two numbers of each row's two nearest clusters, penalties counted
   */
  public void add(VectorBlock block, int[] two, Centroids centroids) {
    for (int i = 0; i < block.rows(); i++) {
      int first = two[2 * i];
      int second = two[2 * i + 1];
      double margin =
          centroids.cost(second, block, i)
              + centroids.penalty(second)
              - centroids.cost(first, block, i)
              - centroids.penalty(first);
      sizes[first]++;
      bins[first * BINS + bin(margin)]++;
    }
  }

  private int bin(double margin) {
    double octaves = Math.log(Math.max(margin, 1e-300) / unit) / Math.log(2);
    return (int) Math.max(0, Math.min(BINS - 1, (octaves + OCTAVES) * BINS_PER_OCTAVE));
  }

  public MarginCounts merge(MarginCounts other) {
    for (int i = 0; i < bins.length; i++) {
      bins[i] += other.bins[i];
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] += other.sizes[i];
    }
    return this;
  }

  public long largest() {
    return Arrays.stream(sizes).max().orElse(0);
  }

  /**
   * Penalties under which every cluster of more than {@code most} rows loses at least the rows
   * above, if the others' stay: a round of an auction (Bertsekas 1988) in which rows that are
   * nearly indifferent move first.
   *
   * @param penalties those now; not changed
   */
  public float[] raised(float[] penalties, long most) {
    float[] raised = penalties.clone();
    for (int c = 0; c < sizes.length; c++) {
      long leaving = sizes[c] - most;
      int bin = -1;
      while (leaving > 0) {
        bin++;
        leaving -= bins[c * BINS + bin];
      }
      if (bin >= 0) {
        double octaves = (bin + 1.0) / BINS_PER_OCTAVE - OCTAVES;
        raised[c] = (float) (raised[c] + unit * Math.pow(2, octaves));
      }
    }
    return raised;
  }
}
