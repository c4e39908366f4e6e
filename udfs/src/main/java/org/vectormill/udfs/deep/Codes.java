package org.vectormill.udfs.deep;

import org.vectormill.udfs.vectors.MatrixSpec;

/** What a network says of a worker's rows between two parts of its training. */
final class Codes {
  /** Codes of all rows, row-major. */
  static float[] of(ClusterNetwork weights, Rows rows, MatrixSpec matrices) {
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
  static float[] assign(DeepState state, Rows rows, MatrixSpec matrices) {
    return TrainingTurn.take(
        () -> {
          try (CodeNetwork network = new CodeNetwork(state.weights(), matrices)) {
            return network.assign(rows, state.centroids());
          }
        });
  }

  private Codes() {}
}
