package org.vectormill.udfs.vectors;

import java.io.Serializable;

/**
 * Up to {@link #ROWS} rows of one planned unit, packed. Blocks travel between executors and to disk
 * as two plain arrays; nobody changes these after the block is made.
 *
 * @param dimension d, at least 1
 * @param values n x d floats, row-major, all finite; unit rows where the metric is cosine
 * @param keys n hashes of the rows' ids: what random choices and ties go by, wherever a row lies
 */
public record VectorBlock(int dimension, float[] values, long[] keys) implements Serializable {
  /** Most rows of a block: a product of some megabytes with 1,024 centroids. */
  public static final int ROWS = 1024;

  private static final int LEAST_PADDED = 128;

  public VectorBlock {
    if (dimension < 1 || keys.length < 1 || keys.length > ROWS) {
      throw new IllegalArgumentException(
          "a block has 1 to %d rows of at least 1 component, got %d of %d"
              .formatted(ROWS, keys.length, dimension));
    }
    if (values.length != keys.length * dimension) {
      throw new IllegalArgumentException(
          "values: length %d, expected %d rows of %d"
              .formatted(values.length, keys.length, dimension));
    }
  }

  public int rows() {
    return keys.length;
  }

  /**
   * Rows that a block of so many is padded to in matrix products: the next power of two, from 128
   * on. A product changes its last bits with its number of rows, so a block's is fixed by the plan.
   */
  static int paddedRows(int rows) {
    return Math.max(LEAST_PADDED, rows == 1 ? 1 : Integer.highestOneBit(rows - 1) * 2);
  }

  /** Copy of row {@code i}; the caller owns it. */
  public float[] row(int i) {
    return java.util.Arrays.copyOfRange(values, i * dimension, (i + 1) * dimension);
  }
}
