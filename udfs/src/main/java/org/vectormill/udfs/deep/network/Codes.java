package org.vectormill.udfs.deep.network;

import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/** What a network says of a worker's rows between two parts of its training. */
public final class Codes {
  /** Codes of all rows, row-major. */
  public static float[] of(ClusterNetwork weights, Rows rows, MatrixSpec matrices) {
    return TrainingTurn.take(
        () -> {
          try (RowEncoder network = weights.encoder(matrices)) {
            return network.encode(rows);
          }
        });
  }

  /**
   * Soft assignments of all rows, row-major, a value for each cluster a row; in turn with training,
   * which collects gradients of all that the JVM computes.
   */
  public static float[] assign(DeepState state, Rows rows, MatrixSpec matrices) {
    return TrainingTurn.take(
        () -> {
          Centroids centroids =
              new Centroids(Metric.L2, state.weights().codeLength(), state.centroids());
          try (OpenNetwork network = state.weights().open(centroids, matrices)) {
            return network.of(rows).probabilities();
          }
        });
  }

  private Codes() {}
}
