package org.vectormill.schemas;

/**
 * A packed block of rows of a {@code vectors} table. The arrays are owned by the block.
 *
 * @param ids n ids
 * @param contentHashes n hashes
 * @param encoder fingerprint shared by all rows
 * @param dimension d, at least 1
 * @param values n x d floats, row-major: row i is {@code values[i * d .. i * d + d - 1]}
 * @param tokens n counts, -1 where there is none; null where no row has one
 * @param truncated n flags
 */
public record VectorRows(
    String[] ids,
    String[] contentHashes,
    String encoder,
    int dimension,
    float[] values,
    int[] tokens,
    boolean[] truncated) {

  public VectorRows {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be >= 1, got " + dimension);
    }
    int rows = ids.length;
    requireLength("contentHashes", contentHashes.length, rows);
    requireLength("values", values.length, (long) rows * dimension);
    requireLength("truncated", truncated.length, rows);
    if (tokens != null) {
      requireLength("tokens", tokens.length, rows);
    }
  }

  public int rows() {
    return ids.length;
  }

  private static void requireLength(String name, long actual, long expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          name + ": length " + actual + ", expected " + expected + " for this block");
    }
  }
}
