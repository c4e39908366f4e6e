package org.vectormill.udfs.encode;

/** Embeds texts. Safe for use by several threads at once. */
public interface TextEncoder extends AutoCloseable {
  /** Length of each vector, after truncation of dimensions. */
  int dimension();

  /**
   * Encodes one work unit: tokenises once, sorts by length, runs batches within the token budget,
   * and restores the order. A row's failure is in the result; only a broken encoder throws.
   */
  EncodedRows encode(String[] texts);

  @Override
  void close();
}
