package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.BitSet;

/**
 * Rows of one row group of a table's file: the work unit of jobs that go row by row.
 *
 * @param file index of the file in the plan
 * @param fileUri absolute URI
 * @param rowGroup index in the file
 * @param firstInFile position of the first row in the file
 * @param first position of the first row in the row group
 * @param rows how many, at least 1
 * @param selected which of them, by position from {@code first}; null for all
 */
public record RowSlice(
    int file, String fileUri, int rowGroup, long firstInFile, int first, int rows, BitSet selected)
    implements Serializable {

  /** The unit of this slice: data files are immutable, so names and positions say what it holds. */
  WorkUnit<RowSlice> unit() {
    return WorkUnit.of(key(), this, fileUri, rowGroup, first, rows, selected);
  }

  /** Place in the order of the plan. */
  String key() {
    return String.format("%07d-%05d-%08d", file, rowGroup, first);
  }

  public boolean takes(int position) {
    return selected == null || selected.get(position);
  }

  /** The rows of this slice that {@code ofFile} names by their position in the file. */
  RowSlice select(BitSet ofFile) {
    int from = Math.toIntExact(firstInFile);
    return new RowSlice(
        file, fileUri, rowGroup, firstInFile, first, rows, ofFile.get(from, from + rows));
  }

  boolean isEmpty() {
    return selected != null && selected.isEmpty();
  }
}
