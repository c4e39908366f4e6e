package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * A trained network in native memory that says what rows are, in batches of one shape: a product
 * changes its last bits with the number of rows in it. Of one thread, which closes it.
 */
public final class CodeNetwork implements RowEncoder {
  /**
   * Rows of a product: as fast as any on a CPU, and small units are not padded to many times their
   * size.
   */
  static final int BATCH = 128;

  private final Autoencoder weights;
  private final TrainedNetwork network;

  public CodeNetwork(Autoencoder weights, MatrixSpec matrices) {
    this.weights = weights;
    this.network = new TrainedNetwork(weights, matrices);
  }

  /** Codes of rows, row-major. */
  @Override
  public float[] encode(Rows rows) {
    return run(rows, null, weights.codeLength());
  }

  /**
   * Soft assignments of rows, row-major, a value for each cluster a row.
   *
   * @param centroids row-major, of the code's length
   */
  float[] assign(Rows rows, float[] centroids) {
    return run(rows, centroids, centroids.length / weights.codeLength());
  }

  private float[] run(Rows rows, float[] centroids, int width) {
    float[] values = new float[rows.count() * width];
    for (int from = 0; from < rows.count(); from += BATCH) {
      int to = Math.min(rows.count(), from + BATCH);
      try (NDManager scratch = network.manager().newSubManager()) {
        NDArray code = network.encode(rows.slice(scratch, from, to, BATCH, weights.scale()));
        NDArray result =
            centroids == null ? code : SoftAssignment.q(code, array(scratch, centroids));
        System.arraycopy(result.toFloatArray(), 0, values, from * width, (to - from) * width);
      }
    }
    return values;
  }

  private NDArray array(NDManager manager, float[] centroids) {
    int length = weights.codeLength();
    return Matrices.create(manager, centroids, new Shape(centroids.length / length, length));
  }

  @Override
  public void close() {
    network.close();
  }
}
