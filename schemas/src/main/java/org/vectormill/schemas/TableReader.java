package org.vectormill.schemas;

/**
 * Reads row groups of one Parquet file into packed form. Of one thread.
 *
 * @param <R> what one row group is read into
 */
public interface TableReader<R> extends AutoCloseable {
  /** Row group {@code index} whole; the caller owns the result. */
  R read(int index);

  @Override
  void close();
}
