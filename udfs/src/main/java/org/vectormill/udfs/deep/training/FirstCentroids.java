package org.vectormill.udfs.deep.training;

import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SmallKMeans;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * k-means of codes, from which clustering starts: the best of several runs, as the paper has 20.
 *
 * @param k number of clusters
 * @param restarts at least 1
 */
public record FirstCentroids(MatrixSpec matrices, int k, int restarts, long seed) {
  private static final int ITERATIONS = 300;

  /**
   * Centroids of the run of least cost.
   *
   * @param codes of a sample that fits in memory
   * @return row-major
   */
  public float[] of(WeightedRows codes) {
    SmallKMeans kmeans = new SmallKMeans(matrices, ITERATIONS);
    SmallKMeans.Fit best = null;
    for (int restart = 0; restart < restarts; restart++) {
      SmallKMeans.Fit fit = kmeans.fit(Metric.L2, codes, k, seed + restart);
      best = best == null || fit.cost() < best.cost() ? fit : best;
    }
    return best.centroids().values();
  }
}
