package org.vectormill.udfs.vectors;

/**
 * How well clusters stand apart, by their centroids alone.
 *
 * @param silhouette simplified silhouette (Hruschka et al. 2004): mean of (b - a) / max(a, b), a
 *     and b a row's distances to its own and to the next centroid; from 0 to 1, more is better
 * @param daviesBouldin Davies and Bouldin 1979: mean over clusters of the worst ratio of both
 *     spreads to the distance of both centroids; less is better
 */
public record ClusterQuality(double silhouette, double daviesBouldin) {
  /**
   * Of rows in their nearest clusters.
   *
   * @param two numbers of each row's two nearest centroids, n x 2
   * @param centroids at least 2
   */
  static ClusterQuality of(WeightedRows rows, Centroids centroids, int[] two) {
    int k = centroids.count();
    Metric metric = centroids.metric();
    double[] spreads = new double[k];
    long[] sizes = new long[k];
    double silhouettes = 0;
    for (int i = 0; i < rows.rows(); i++) {
      float[] row = rows.row(i);
      double own = metric.distance(centroids.cost(two[2 * i], row));
      double next = metric.distance(centroids.cost(two[2 * i + 1], row));
      double larger = Math.max(own, next);
      silhouettes += larger > 0 ? Math.max(0, next - own) / larger : 0;
      spreads[two[2 * i]] += own;
      sizes[two[2 * i]]++;
    }
    for (int c = 0; c < k; c++) {
      spreads[c] /= Math.max(1, sizes[c]);
    }
    return new ClusterQuality(silhouettes / rows.rows(), daviesBouldin(centroids, spreads, sizes));
  }

  private static double daviesBouldin(Centroids centroids, double[] spreads, long[] sizes) {
    double sum = 0;
    int filled = 0;
    for (int a = 0; a < spreads.length; a++) {
      double worst = 0;
      for (int b = 0; b < spreads.length; b++) {
        if (a != b && sizes[a] > 0 && sizes[b] > 0) {
          double apart = centroids.metric().distance(centroids.cost(a, centroids.row(b)));
          double ratio = (spreads[a] + spreads[b]) / Math.max(apart, Double.MIN_NORMAL);
          worst = Math.max(worst, spreads[a] + spreads[b] == 0 ? 0 : ratio);
        }
      }
      sum += worst;
      filled += sizes[a] > 0 ? 1 : 0;
    }
    return filled == 0 ? 0 : sum / filled;
  }
}
