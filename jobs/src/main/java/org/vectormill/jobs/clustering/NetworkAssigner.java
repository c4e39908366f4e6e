package org.vectormill.jobs.clustering;

import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.VectorBlock;

/** The most probable clusters of codes. */
final class NetworkAssigner implements Assigner {
  private final Centroids centroids;
  private final float[] radii;
  private final BlockCodes codes;

  /**
   * @param radii as {@link NearestAssigner} has them
   */
  NetworkAssigner(ClusterNetwork network, Centroids centroids, float[] radii, MatrixSpec matrices) {
    this.centroids = centroids;
    this.radii = radii;
    this.codes = new BlockCodes(network, centroids, matrices);
  }

  @Override
  public ClusterRows rows(String[] ids, VectorBlock block, UnitSink sink) {
    BlockCodes.Coded coded = codes.of(block);
    int n = ids.length;
    int k = centroids.count();
    int[] clusters = new int[n];
    float[] scores = new float[n];
    int[] seconds = new int[n];
    float[] margins = new float[n];
    double costs = 0;
    int beyond = 0;
    for (int i = 0; i < n; i++) {
      clusters[i] = coded.best()[2 * i];
      seconds[i] = coded.best()[2 * i + 1];
      scores[i] = coded.probabilities()[i * k + clusters[i]];
      margins[i] = seconds[i] < 0 ? 0 : scores[i] - coded.probabilities()[i * k + seconds[i]];
      double cost = centroids.cost(clusters[i], coded.block(), i);
      costs += cost;
      if (radii != null && (float) centroids.metric().distance(cost) > radii[clusters[i]]) {
        beyond++;
      }
    }
    sink.fact(AssignWork.COST, costs);
    sink.fact(AssignWork.BEYOND_RADIUS, beyond);
    return new ClusterRows(ids, clusters, scores, seconds, margins);
  }

  @Override
  public void close() {
    codes.close();
  }
}
