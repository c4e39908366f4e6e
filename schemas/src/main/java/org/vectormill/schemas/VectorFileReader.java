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
    return file.decode(index, pages -> read(index, pages));
  }

  private VectorRows read(int index, PageReadStore pages) {
    int rows = Math.toIntExact(pages.getRowCount());
    String[] ids = file.required(pages, VectorColumns.ID);
    String[] hashes = file.required(pages, VectorColumns.CONTENT_HASH);
    String encoder = encoder(pages);
    int[] tokens = tokens(pages, rows);
    boolean[] truncated = truncated(pages, rows);
    float[] values = vector.read(index, pages);
    return new VectorRows(ids, hashes, encoder, values.length / rows, values, tokens, truncated);
  }

  private String encoder(PageReadStore pages) {
    String[] encoders = file.required(pages, VectorColumns.ENCODER);
    for (int i = 1; i < encoders.length; i++) {
      if (!encoders[i].equals(encoders[0])) {
        throw VectormillException.input(
            "file "
                + file.uri()
                + ": column encoder: row "
                + i
                + " has "
                + encoders[i]
                + ", row 0 has "
                + encoders[0]
                + "; a table holds vectors of one encoder");
      }
    }
    return encoders[0];
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
    int present = column.getDescriptor().getMaxDefinitionLevel();
    boolean[] values = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      if (column.getCurrentDefinitionLevel() < present) {
        throw file.missing(VectorColumns.TRUNCATED, i);
      }
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
