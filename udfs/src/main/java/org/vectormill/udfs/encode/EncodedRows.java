package org.vectormill.udfs.encode;

/**
 * What an encoder made of the n rows of a unit, in their order. The caller owns the arrays.
 *
 * @param dimension d
 * @param values n x d floats, row-major; zero for a row that failed
 * @param tokens n token counts; null for images
 * @param truncated n flags
 * @param failures n entries, null where the row has a vector
 */
public record EncodedRows(
    int dimension, float[] values, int[] tokens, boolean[] truncated, RowFailure[] failures) {}
