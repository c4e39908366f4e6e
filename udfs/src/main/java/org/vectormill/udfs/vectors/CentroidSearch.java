package org.vectormill.udfs.vectors;

/** Finds the nearest centroids of blocks. Of one thread, which closes it. */
public interface CentroidSearch extends AutoCloseable {
  /** Number of the nearest centroid of each row of {@code block}. */
  int[] nearest(VectorBlock block);

  /**
   * Numbers of the {@code count} nearest centroids of each row, nearest first.
   *
   * @param count at least 1, at most the number of centroids
   * @return n x count numbers, row-major
   */
  int[] nearest(VectorBlock block, int count);

  @Override
  void close();
}
