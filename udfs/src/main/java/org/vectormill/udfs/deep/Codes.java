package org.vectormill.udfs.deep;

import java.util.function.Function;
import org.vectormill.udfs.vectors.MatrixSpec;

/** What a network says of a worker's rows between two parts of its training. */
final class Codes {
  /** Codes of all rows, row-major. */
  static float[] of(Autoencoder weights, Rows rows, MatrixSpec matrices) {
    return run(weights, matrices, network -> network.encode(rows));
  }

  /** Soft assignments of all rows, row-major, a value for each cluster a row. */
  static float[] assign(DeepState state, Rows rows, MatrixSpec matrices) {
    return run(state.weights(), matrices, network -> network.assign(rows, state.centroids()));
  }

  /** In turn with training, which collects gradients of all that the JVM computes. */
  private static float[] run(
      Autoencoder weights, MatrixSpec matrices, Function<CodeNetwork, float[]> work) {
    return TrainingTurn.take(
        () -> {
          try (CodeNetwork network = new CodeNetwork(weights, matrices)) {
            return work.apply(network);
          }
        });
  }

  private Codes() {}
}
