package org.vectormill.udfs.deep.network;

/** Makes embeddings of vectors. Of one thread, which closes it. */
public interface RowEncoder extends AutoCloseable {
  /** Embeddings of rows, row-major. */
  float[] encode(Rows rows);

  @Override
  void close();
}
