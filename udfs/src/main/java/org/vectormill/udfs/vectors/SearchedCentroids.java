package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Centroids, and how the nearest is looked for: among all of them, or only in the groups whose
 * means are nearest to a row (an inverted file, Jégou et al. 2011, over the centroids).
 *
 * @param heads means of the groups, none of which is empty; null where all centroids are looked at
 * @param groupOf group of each centroid; null with {@code heads}
 * @param probes groups that a row is compared with
 */
public record SearchedCentroids(Centroids centroids, Centroids heads, int[] groupOf, int probes)
    implements Serializable {
  private static final int ITERATIONS = 10;

  /** Every centroid is looked at. */
  public static SearchedCentroids exact(Centroids centroids) {
    return new SearchedCentroids(centroids, null, null, 0);
  }

  /**
   * How rows are given to centroids.
   *
   * @param probes as {@link #grouped} has them; 0 where every centroid is looked at
   */
  public static SearchedCentroids of(
      Centroids centroids, MatrixSpec matrices, int probes, long seed) {
    return probes == 0 ? exact(centroids) : grouped(centroids, matrices, probes, seed);
  }

  /**
   * About sqrt(k) groups, found by k-means of the centroids.
   *
   * @param probes at least 2; all centroids are looked at where there are no more groups
   * @param seed of the groups
   */
  public static SearchedCentroids grouped(
      Centroids centroids, MatrixSpec matrices, int probes, long seed) {
    int k = centroids.count();
    int groups = (int) Math.ceil(Math.sqrt(k));
    if (probes < 2) {
      throw new IllegalArgumentException("probes must be at least 2, got " + probes);
    }
    if (groups <= probes) {
      return exact(centroids);
    }
    WeightedRows rows = WeightedRows.equal(centroids.dimension(), centroids.values());
    SmallKMeans.Fit fit =
        new SmallKMeans(matrices, ITERATIONS).fit(centroids.metric(), rows, groups, seed);
    return withoutEmpty(centroids, fit, probes);
  }

  private static SearchedCentroids withoutEmpty(
      Centroids centroids, SmallKMeans.Fit fit, int probes) {
    int d = centroids.dimension();
    int[] used = Arrays.stream(fit.clusters()).distinct().sorted().toArray();
    int[] place = new int[fit.centroids().count()];
    float[] heads = new float[used.length * d];
    for (int i = 0; i < used.length; i++) {
      place[used[i]] = i;
      System.arraycopy(fit.centroids().values(), used[i] * d, heads, i * d, d);
    }
    int[] groupOf = Arrays.stream(fit.clusters()).map(cluster -> place[cluster]).toArray();
    return used.length <= probes
        ? exact(centroids)
        : new SearchedCentroids(
            centroids, new Centroids(centroids.metric(), d, heads), groupOf, probes);
  }

  /** Whether some centroids may be missed. */
  public boolean approximate() {
    return heads != null;
  }

  /**
   * A search on the device of the running task.
   *
   * @param shape most rows that a block is padded to
   */
  public CentroidSearch open(MatrixSpec matrices, int shape) {
    return approximate()
        ? new TwoLevelSearch(this, matrices.open(heads, shape), matrices.newManager())
        : matrices.open(centroids, shape);
  }

  /** A search of whole blocks. */
  public CentroidSearch open(MatrixSpec matrices) {
    return open(matrices, VectorBlock.ROWS);
  }
}
