package org.vectormill.udfs.text;

import java.util.Arrays;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.RowFailure;

/**
 * The rows of one unit as they are made: the first components are kept, then scaled to unit length
 * where asked for. Different rows may be written by different threads.
 */
final class VectorRows {
  private final int dimension;
  private final boolean normalise;
  private final float[] values;
  private final int[] tokens;
  private final boolean[] truncated;
  private final RowFailure[] failures;

  /**
   * @param rows n
   * @param dimension of the vectors to store
   */
  VectorRows(int rows, int dimension, boolean normalise) {
    this.dimension = dimension;
    this.normalise = normalise;
    this.values = new float[Math.multiplyExact(rows, dimension)];
    this.tokens = new int[rows];
    this.truncated = new boolean[rows];
    this.failures = new RowFailure[rows];
  }

  void tokens(int row, int count, boolean cut) {
    tokens[row] = count;
    truncated[row] = cut;
  }

  void fail(int row, RejectReason reason, String message) {
    failures[row] = new RowFailure(reason, message);
  }

  RowFailure failure(int row) {
    return failures[row];
  }

  /**
   * Stores the vector, or the failure {@code NOT_FINITE} or {@code ZERO_VECTOR}.
   *
   * @param vector at least {@code dimension} components; not kept
   */
  void put(int row, double[] vector) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      sum += vector[j] * vector[j];
    }
    // Finite doubles may still be too large for a float, or their squares for a double.
    double factor = normalise && sum > 0 ? 1 / Math.sqrt(sum) : 1;
    int at = row * dimension;
    boolean finite = Double.isFinite(sum);
    boolean zero = true;
    for (int j = 0; j < dimension; j++) {
      float value = (float) (vector[j] * factor);
      finite &= Float.isFinite(value);
      zero &= value == 0;
      values[at + j] = value;
    }
    if (!finite) {
      clear(at);
      fail(row, RejectReason.NOT_FINITE, "the encoder's vector holds NaN or an infinity");
    } else if (zero) {
      clear(at);
      fail(
          row,
          RejectReason.ZERO_VECTOR,
          "the encoder's vector is zero in all of its " + dimension + " components");
    }
  }

  private void clear(int at) {
    Arrays.fill(values, at, at + dimension, 0);
  }

  EncodedRows done() {
    return new EncodedRows(dimension, values, tokens, truncated, failures);
  }
}
