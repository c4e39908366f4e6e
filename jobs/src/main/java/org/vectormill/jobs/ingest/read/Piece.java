package org.vectormill.jobs.ingest.read;

import java.io.Serializable;

/**
 * A part of a source that one task reads: the whole file, the lines that begin in a range of bytes,
 * or one row group.
 *
 * @param start first byte; 0 for row groups
 * @param end byte after the last
 * @param before lines that end before byte {@code start - 1}, or rows before the row group
 * @param rowGroup index of the row group; -1 where the file is not Parquet
 */
public record Piece(SourceFile file, long start, long end, long before, int rowGroup)
    implements Serializable {
  private static final int NO_ROW_GROUP = -1;

  public static Piece whole(SourceFile file) {
    return new Piece(file, 0, file.size(), 0, NO_ROW_GROUP);
  }

  /** The lines that begin in a range. */
  public static Piece lines(SourceFile file, long start, long end, long before) {
    return new Piece(file, start, end, before, NO_ROW_GROUP);
  }

  /** One row group of {@code bytes} bytes. */
  public static Piece rowGroup(SourceFile file, int index, long firstRow, long bytes) {
    return new Piece(file, 0, bytes, firstRow, index);
  }

  /** Whether this is the piece that a source's processing is noted with. */
  boolean isFirst() {
    return start == 0 && rowGroup <= 0;
  }

  /** Bytes in it. */
  public long bytes() {
    return end - start;
  }
}
