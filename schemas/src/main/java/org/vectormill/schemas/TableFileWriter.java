package org.vectormill.schemas;

/**
 * Writes one staged Parquet file (zstd, dictionary off for vectors, the manifest in the footer). Of
 * one task and thread. {@link #finish()} makes the file complete; {@link #close()} without it
 * deletes what was written.
 *
 * @param <R> what one call of {@link #write} takes
 */
public interface TableFileWriter<R> extends AutoCloseable {
  /** Appends; the writer keeps no reference to the argument's arrays after the call returns. */
  void write(R rows);

  /** Rows written up to now. */
  long rows();

  /** Closes the file and says what it holds, the path as a full URI. */
  DataFile finish();

  @Override
  void close();
}
