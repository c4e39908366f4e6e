package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vectormill.schemas.CentroidRow;
import org.vectormill.udfs.vectors.AverageLinkage;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ConnectedRows;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SmallKMeans;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * Clusters of the clusters below: k-means of their centroids, each of weight 1 whatever its size,
 * as hierarchical curation has it (Vo et al. 2024, "Automatic data curation for self-supervised
 * learning").
 *
 * @param centroids of this level
 * @param parents cluster of this level for each cluster of the level below
 */
record Level(Centroids centroids, int[] parents) {
  private static final int MAX_ITERATIONS = 50;

  /** Levels above the lowest, each of the one below it. */
  static List<Level> above(
      Centroids lowest, List<Integer> sizes, LevelMethod method, MatrixSpec matrices, long seed) {
    List<Level> levels = new ArrayList<>();
    Centroids below = lowest;
    for (int k : sizes) {
      Level level =
          switch (method) {
            case KMEANS -> byKMeans(below, k, matrices, seed);
            case AVERAGE -> byAverage(below, k);
          };
      levels.add(level);
      below = level.centroids;
    }
    return levels;
  }

  /** Clusters whose centroids are near, directly or by way of others, as one. */
  static Level joined(Centroids below, double within, MatrixSpec matrices) {
    int[] groups = ConnectedRows.groups(below, within, matrices);
    return ofGroups(below, groups, Arrays.stream(groups).max().orElseThrow() + 1);
  }

  private static Level byKMeans(Centroids below, int k, MatrixSpec matrices, long seed) {
    SmallKMeans.Fit fit =
        new SmallKMeans(matrices, MAX_ITERATIONS)
            .fit(below.metric(), WeightedRows.equal(below.dimension(), below.values()), k, seed);
    return new Level(fit.centroids(), fit.clusters());
  }

  private static Level byAverage(Centroids below, int k) {
    return ofGroups(below, AverageLinkage.groups(below, k), k);
  }

  private static Level ofGroups(Centroids below, int[] groups, int k) {
    int d = below.dimension();
    double[] sums = new double[k * d];
    int[] counts = new int[k];
    for (int c = 0; c < groups.length; c++) {
      counts[groups[c]]++;
      for (int i = 0; i < d; i++) {
        sums[groups[c] * d + i] += below.values()[c * d + i];
      }
    }
    float[] means = new float[k * d];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / counts[i / d]);
    }
    return new Level(new Centroids(below.metric(), d, means).normalised(), groups);
  }

  /**
   * Rows of the centroids table: the lowest level with its sizes and radii, then those above. The
   * size of a higher cluster is the sum of its parts, its radius the distance of the furthest
   * centroid below it.
   */
  static List<CentroidRow> rows(ClusterModel model, List<Level> levels) {
    List<CentroidRow> rows = new ArrayList<>();
    Centroids below = model.centroids();
    long[] sizes = model.sizes();
    float[] radii = model.radii();
    for (int level = 0; level <= levels.size(); level++) {
      boolean highest = level == levels.size();
      for (int c = 0; c < below.count(); c++) {
        int parent = highest ? -1 : levels.get(level).parents[c];
        rows.add(new CentroidRow(c, below.row(c), sizes[c], radii[c], level, parent));
      }
      if (!highest) {
        Level above = levels.get(level);
        radii = above.radii(below);
        sizes = above.sizes(sizes);
        below = above.centroids;
      }
    }
    return rows;
  }

  private long[] sizes(long[] below) {
    long[] sizes = new long[centroids.count()];
    for (int c = 0; c < below.length; c++) {
      sizes[parents[c]] += below[c];
    }
    return sizes;
  }

  private float[] radii(Centroids below) {
    Metric metric = centroids.metric();
    float[] radii = new float[centroids.count()];
    for (int c = 0; c < below.count(); c++) {
      float distance = (float) metric.distance(centroids.cost(parents[c], below.row(c)));
      radii[parents[c]] = Math.max(radii[parents[c]], distance);
    }
    return radii;
  }
}
