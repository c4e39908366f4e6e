package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.PlusPlus;
import org.vectormill.udfs.vectors.WeightedRows;

/** Chooses the centroids that k-means starts with. */
final class FirstCentroids {
  /** From so many clusters on, choosing among candidates takes longer than some iterations do. */
  private static final int MANY = 5000;

  private static final int SAMPLE_PER_CLUSTER = 32;
  private static final int MIN_SAMPLE = 20_000;
  private static final long MAX_SAMPLE_BYTES = 256L << 20;

  private final BlockSet set;
  private final MatrixSpec matrices;

  FirstCentroids(BlockSet set, MatrixSpec matrices) {
    this.set = set;
    this.matrices = matrices;
  }

  /**
   * Chooses {@code k} centroids.
   *
   * @param k at most the number of rows
   */
  Centroids choose(Initialisation init, int k, long seed) {
    return switch (init) {
      case AUTO -> choose(k < MANY ? Initialisation.PARALLEL : Initialisation.RANDOM, k, seed);
      case RANDOM -> random(k, seed);
      case PLUS_PLUS ->
          PlusPlus.choose(
              set.metric(),
              WeightedRows.of(set.dimension(), SampledRows.of(set, bounded(k), seed)),
              k,
              seed);
      case FILE -> throw new IllegalArgumentException("centroids of a file are not chosen");
      case PARALLEL -> new ParallelCentroids(set, matrices).choose(k, seed);
    };
  }

  /** So many rows that k-means++ has a choice, in bounded memory. */
  private int bounded(int k) {
    long asked = Math.max(MIN_SAMPLE, (long) SAMPLE_PER_CLUSTER * k);
    long most = Math.max(k, MAX_SAMPLE_BYTES / (set.dimension() * (long) Float.BYTES));
    return (int) Math.min(Math.min(asked, most), set.rows());
  }

  /** Rows that differ, as far as there are so many among some more than k. */
  private Centroids random(int k, long seed) {
    int some = (int) Math.min(set.rows(), k + k / 2 + 100L);
    List<float[]> distinct = new ArrayList<>();
    List<float[]> repeated = new ArrayList<>();
    java.util.Set<Integer> seen = new java.util.HashSet<>();
    for (WeightedRows.Row row : SampledRows.of(set, some, seed)) {
      (seen.add(Arrays.hashCode(row.values())) ? distinct : repeated).add(row.values());
    }
    distinct.addAll(repeated);
    float[] values = new float[k * set.dimension()];
    for (int c = 0; c < k; c++) {
      System.arraycopy(distinct.get(c), 0, values, c * set.dimension(), set.dimension());
    }
    return new Centroids(set.metric(), set.dimension(), values);
  }
}
