package org.vectormill.schemas;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;

/** Reads {@code vectors} files, whoever wrote them. */
final class VectorFileReader implements TableReader<VectorRows> {
  private static final List<String> COLUMNS = List.of(VectorColumns.SCHEMA.fieldNames());

  private final ParquetRowGroups file;
  private final VectorColumn vector;

  VectorFileReader(Configuration conf, String fileUri) {
    this.file = new ParquetRowGroups(conf, fileUri, COLUMNS);
    this.vector = new VectorColumn(file);
  }

  @Override
  public VectorRows read(int index) {
    try (PageReadStore pages = file.pages(index)) {
      int rows = Math.toIntExact(pages.getRowCount());
      String[] ids = file.strings(pages, VectorColumns.ID);
      String[] hashes = file.strings(pages, VectorColumns.CONTENT_HASH);
      String[] encoders = file.strings(pages, VectorColumns.ENCODER);
      int[] tokens = tokens(pages, rows);
      boolean[] truncated = truncated(pages, rows);
      float[] values = vector.read(index, pages);
      return new VectorRows(
          ids, hashes, encoders[0], values.length / rows, values, tokens, truncated);
    }
  }

  private int[] tokens(PageReadStore pages, int rows) {
    ColumnReader column = column(pages, VectorColumns.TOKENS);
    int present = column.getDescriptor().getMaxDefinitionLevel();
    int[] values = new int[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = column.getCurrentDefinitionLevel() == present ? column.getInteger() : -1;
      column.consume();
    }
    return values;
  }

  private boolean[] truncated(PageReadStore pages, int rows) {
    ColumnReader column = column(pages, VectorColumns.TRUNCATED);
    boolean[] values = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = column.getBoolean();
      column.consume();
    }
    return values;
  }

  private ColumnReader column(PageReadStore pages, String name) {
    return file.column(pages, file.schema().getColumnDescription(new String[] {name}));
  }

  @Override
  public void close() {
    file.close();
  }
}
