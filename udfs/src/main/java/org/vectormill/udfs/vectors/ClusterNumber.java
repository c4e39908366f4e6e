package org.vectormill.udfs.vectors;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.agreement.Agreement;

/** Judges numbers of clusters on a sample, without labels. */
public final class ClusterNumber {
  private static final int MAX_ITERATIONS = 50;
  private static final int STARTS = 4;

  private final Metric metric;
  private final WeightedRows sample;
  private final SmallKMeans kMeans;
  private final long seed;

  public ClusterNumber(Metric metric, WeightedRows sample, MatrixSpec matrices, long seed) {
    this.metric = metric;
    this.sample = sample;
    this.kMeans = new SmallKMeans(matrices, MAX_ITERATIONS);
    this.seed = seed;
  }

  /**
   * What speaks for a number.
   *
   * @param stability adjusted Rand index of the whole sample in the clusters of either half of it
   *     (Lange et al. 2004); 1 where both halves lead to the same clusters
   */
  public record Judged(int k, double silhouette, double daviesBouldin, double stability) {}

  /**
   * Judges one number.
   *
   * @param k at least 2, at most a quarter of the sample
   */
  public Judged judge(int k) {
    Centroids centroids = best(sample, k);
    ClusterQuality quality =
        ClusterQuality.of(sample, centroids, kMeans.nearest(sample, centroids, 2));
    int[] left = kMeans.assign(sample, best(half(0), k));
    int[] right = kMeans.assign(sample, best(half(1), k));
    return new Judged(k, quality.silhouette(), quality.daviesBouldin(), agreement(left, right, k));
  }

  /** The number of the largest silhouette; of equal ones the first. */
  public static Judged best(List<Judged> judged) {
    Judged best = judged.get(0);
    for (Judged one : judged) {
      if (one.silhouette() > best.silhouette()) {
        best = one;
      }
    }
    return best;
  }

  private Centroids best(WeightedRows rows, int k) {
    SmallKMeans.Fit best = null;
    for (int start = 0; start < STARTS; start++) {
      SmallKMeans.Fit fit = kMeans.fit(metric, rows, k, RowKey.random(seed, start));
      if (best == null || fit.cost() < best.cost()) {
        best = fit;
      }
    }
    return best.centroids();
  }

  private WeightedRows half(int number) {
    List<WeightedRows.Row> rows = new ArrayList<>();
    for (int i = 0; i < sample.rows(); i++) {
      if ((RowKey.random(seed + 1, sample.keys()[i]) & 1) == number) {
        rows.add(new WeightedRows.Row(sample.keys()[i], sample.row(i)));
      }
    }
    return WeightedRows.of(sample.dimension(), rows);
  }

  private static double agreement(int[] left, int[] right, int k) {
    long[][] counts = new long[k][k];
    for (int i = 0; i < left.length; i++) {
      counts[left[i]][right[i]]++;
    }
    return Agreement.of(counts).ari();
  }
}
