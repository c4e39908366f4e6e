package org.vectormill.udfs.vision;

import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.encode.RowFailure;

/**
 * The last steps of a vector: its first dimensions, and unit length.
 *
 * @param dimension values that are kept
 */
record VectorRow(int dimension, boolean normalise) {
  /** Writes the vector's kept values; returns why there is none, or null. */
  RowFailure write(double[] vector, float[] values, int offset) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      if (!Double.isFinite(vector[i])) {
        return new RowFailure(
            RejectReason.NOT_FINITE, "component " + i + " of the vector is " + vector[i]);
      }
      sum += vector[i] * vector[i];
    }
    if (sum == 0) {
      return new RowFailure(RejectReason.ZERO_VECTOR, "all " + dimension + " components are zero");
    }
    double factor = normalise ? 1 / Math.sqrt(sum) : 1;
    for (int i = 0; i < dimension; i++) {
      values[offset + i] = (float) (vector[i] * factor);
    }
    return null;
  }
}
