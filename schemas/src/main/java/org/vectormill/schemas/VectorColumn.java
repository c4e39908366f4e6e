package org.vectormill.schemas;

import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The vector column of one file: lists of floats under any names, of one length in a row group. */
final class VectorColumn {
  private final ParquetRowGroups file;
  private final ColumnDescriptor column;

  /**
   * @throws VectormillException ({@link Fault#INPUT}) where the column is no list of floats
   */
  VectorColumn(ParquetRowGroups file) {
    this.file = file;
    this.column = column(file.schema());
    if (column.getMaxRepetitionLevel() != 1
        || column.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.FLOAT) {
      throw VectormillException.input(
          "file "
              + file.uri()
              + ": column vector is "
              + file.schema().getType(VectorColumns.VECTOR)
              + ", expected a list of float");
    }
  }

  private static ColumnDescriptor column(MessageType schema) {
    return schema.getColumns().stream()
        .filter(one -> one.getPath()[0].equals(VectorColumns.VECTOR))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Values of a row group's lists, row-major, the array the caller's.
   *
   * @param index the row group
   * @param pages its pages; those of this column are consumed
   * @throws VectormillException ({@link Fault#INPUT}) for a missing value, lists of several
   *     lengths, or more values than an array holds
   */
  float[] read(int index, PageReadStore pages) {
    int rows = Math.toIntExact(pages.getRowCount());
    long total = pages.getPageReader(column).getTotalValueCount();
    if (total > Integer.MAX_VALUE - 8) {
      throw VectormillException.input(
          "file "
              + file.uri()
              + ": row group "
              + index
              + " holds "
              + total
              + " vector components, more than the "
              + (Integer.MAX_VALUE - 8)
              + " of one array; write it anew with smaller row groups (row_group_size in pyarrow,"
              + " parquet.block.size in Spark)");
    }
    if (!file.isPlain(index, column)) {
      return oneByOne(pages, rows);
    }
    try {
      Optional<float[]> bulk = bulk(pages, rows);
      return bulk.isPresent() ? bulk.get() : oneByOne(index, rows);
    } catch (IOException e) {
      throw VectormillException.input(
          "file " + file.uri() + ": row group " + index + ": " + e.getMessage());
    }
  }

  private Optional<float[]> bulk(PageReadStore pages, int rows) throws IOException {
    file.codecs().shareArray(true);
    try {
      return BulkLists.read(pages.getPageReader(column), column, rows);
    } finally {
      file.codecs().shareArray(false);
    }
  }

  /** The pages are consumed by now, so they are read again. */
  private float[] oneByOne(int index, int rows) {
    try (PageReadStore pages = file.pages(index)) {
      return oneByOne(pages, rows);
    }
  }

  private float[] oneByOne(PageReadStore pages, int rows) {
    FixedLists lists = new FixedLists(file.uri(), column.getMaxDefinitionLevel());
    return lists.read(file.column(pages, column), rows);
  }
}
