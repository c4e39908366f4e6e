package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** What a trained network says of rows, batch by batch. */
public final class Codes {
  private static final int BATCH = 1024;

  /** Codes of all rows, row-major. */
  public static float[] of(Autoencoder weights, Rows rows) {
    return run(weights, null, rows, weights.codeLength());
  }

  /**
   * Soft assignments of all rows, row-major, {@code k} a row.
   *
   * @param centroids row-major, of the code's length
   */
  public static float[] assign(Autoencoder weights, float[] centroids, Rows rows) {
    return run(weights, centroids, rows, centroids.length / weights.codeLength());
  }

  private static float[] run(Autoencoder weights, float[] centroids, Rows rows, int width) {
    return TrainingTurn.take(
        () -> {
          try (TrainedNetwork network = new TrainedNetwork(weights)) {
            float[] values = new float[rows.count() * width];
            for (int from = 0; from < rows.count(); from += BATCH) {
              int to = Math.min(rows.count(), from + BATCH);
              try (NDManager scratch = network.manager().newSubManager()) {
                NDArray code = network.encode(rows.slice(scratch, from, to));
                NDArray result =
                    centroids == null
                        ? code
                        : SoftAssignment.q(code, array(scratch, centroids, code));
                System.arraycopy(
                    result.toFloatArray(), 0, values, from * width, (to - from) * width);
              }
            }
            return values;
          }
        });
  }

  private static NDArray array(NDManager manager, float[] centroids, NDArray code) {
    long length = code.getShape().get(1);
    return manager.create(centroids, new Shape(centroids.length / length, length));
  }

  private Codes() {}
}
