package org.vectormill.schemas;

import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;

/** Reads {@code clusters} files column by column. */
final class ClusterFileReader implements TableReader<ClusterRows> {
  private final ParquetRowGroups file;

  ClusterFileReader(Configuration conf, String fileUri) {
    this.file = new ParquetRowGroups(conf, fileUri, List.of(ClusterColumns.SCHEMA.fieldNames()));
  }

  @Override
  public ClusterRows read(int index) {
    return file.decode(index, this::read);
  }

  private ClusterRows read(PageReadStore pages) {
    int rows = Math.toIntExact(pages.getRowCount());
    return new ClusterRows(
        file.required(pages, ClusterColumns.ID),
        integers(pages, ClusterColumns.CLUSTER, rows),
        reals(pages, ClusterColumns.SCORE, rows),
        integers(pages, ClusterColumns.SECOND_CLUSTER, rows),
        reals(pages, ClusterColumns.MARGIN, rows));
  }

  /** Numbers; -1 where there is none. */
  private int[] integers(PageReadStore pages, String name, int rows) {
    ColumnReader column = column(pages, name);
    int present = column.getDescriptor().getMaxDefinitionLevel();
    int[] values = new int[rows];
    Arrays.fill(values, -1);
    for (int i = 0; i < rows; i++) {
      if (column.getCurrentDefinitionLevel() == present) {
        values[i] = column.getInteger();
      }
      column.consume();
    }
    return values;
  }

  /** Numbers; 0 where there is none. */
  private float[] reals(PageReadStore pages, String name, int rows) {
    ColumnReader column = column(pages, name);
    int present = column.getDescriptor().getMaxDefinitionLevel();
    float[] values = new float[rows];
    for (int i = 0; i < rows; i++) {
      if (column.getCurrentDefinitionLevel() == present) {
        values[i] = column.getFloat();
      }
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
