package org.vectormill.udfs.encode;

/** Embeds images. Safe for use by several threads at once. */
public interface ImageEncoder extends AutoCloseable {
  /** Length of each vector, after truncation of dimensions. */
  int dimension();

  /**
   * Encodes one work unit of encoded images (JPEG, PNG, …). A row's failure is in the result; only
   * a broken encoder throws.
   */
  EncodedRows encode(byte[][] images);

  @Override
  void close();
}
