package org.vectormill.jobs.clustering;

import java.util.Arrays;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.udfs.vectors.CentroidSearch;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.SearchedCentroids;
import org.vectormill.udfs.vectors.VectorBlock;

/** The nearest centroids of vectors. */
final class NearestAssigner implements Assigner {
  /** Rows of a unit that an approximate search is compared with an exact one on. */
  private static final int COMPARED = 64;

  private final SearchedCentroids searched;
  private final Centroids centroids;
  private final float[] radii;
  private final MatrixSpec matrices;
  private final CentroidSearch nearest;
  private boolean compared;

  /**
   * @param radii of the clusters when they were found; null where no row can be beyond them
   */
  NearestAssigner(SearchedCentroids searched, float[] radii, MatrixSpec matrices) {
    this.searched = searched;
    this.centroids = searched.centroids();
    this.radii = radii;
    this.matrices = matrices;
    this.nearest = searched.open(matrices);
  }

  @Override
  public ClusterRows rows(String[] ids, VectorBlock block, UnitSink sink) {
    int n = ids.length;
    int best = Math.min(2, centroids.count());
    int[] numbers = nearest.nearest(block, best);
    int[] clusters = new int[n];
    float[] scores = new float[n];
    int[] seconds = new int[n];
    float[] margins = new float[n];
    double costs = 0;
    int beyond = 0;
    for (int i = 0; i < n; i++) {
      clusters[i] = numbers[i * best];
      double cost = centroids.cost(clusters[i], block, i);
      costs += cost;
      seconds[i] = best > 1 ? numbers[i * best + 1] : -1;
      scores[i] = (float) centroids.metric().score(cost);
      if (best > 1) {
        double second = centroids.metric().score(centroids.cost(seconds[i], block, i));
        // The product rounds otherwise than the distance, so near ties may come out below 0.
        margins[i] = Math.max(0, (float) (centroids.metric().score(cost) - second));
      }
      if (radii != null
          && ClusterSizes.radius(centroids.metric(), scores[i]) > radii[clusters[i]]) {
        beyond++;
      }
    }
    sink.fact(AssignWork.COST, costs);
    sink.fact(AssignWork.BEYOND_RADIUS, beyond);
    if (searched.approximate() && !compared) {
      compare(block, clusters, sink);
      compared = true;
    }
    return new ClusterRows(ids, clusters, scores, seconds, margins);
  }

  private void compare(VectorBlock block, int[] clusters, UnitSink sink) {
    int n = Math.min(COMPARED, block.rows());
    VectorBlock first =
        new VectorBlock(
            block.dimension(),
            Arrays.copyOf(block.values(), n * block.dimension()),
            Arrays.copyOf(block.keys(), n));
    int agreeing = 0;
    try (CentroidSearch exact = matrices.open(centroids, COMPARED)) {
      int[] nearestOfAll = exact.nearest(first);
      for (int i = 0; i < n; i++) {
        agreeing += nearestOfAll[i] == clusters[i] ? 1 : 0;
      }
    }
    sink.fact(AssignWork.COMPARED, n);
    sink.fact(AssignWork.AGREEING, agreeing);
  }

  @Override
  public void close() {
    nearest.close();
  }
}
