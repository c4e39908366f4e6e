package org.vectormill.schemas;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes {@code clusters} files. */
final class ClusterFileWriter extends ParquetTableWriter<ClusterRows> {
  ClusterFileWriter(
      Configuration conf, String fileUri, Map<String, String> footer, RowGroupSize size) {
    super(
        conf,
        fileUri,
        new WriterShape(ParquetShapes.CLUSTERS, ParquetShapes.CLUSTERS, size),
        footer);
  }

  @Override
  public void write(ClusterRows rows) {
    for (int i = 0; i < rows.rows(); i++) {
      RecordConsumer to = sink().consumer();
      to.startMessage();
      string(to, ClusterColumns.ID, 0, rows.ids()[i]);
      integer(to, ClusterColumns.CLUSTER, 1, rows.clusters()[i]);
      real(to, ClusterColumns.SCORE, 2, rows.scores()[i]);
      if (rows.seconds()[i] >= 0) {
        integer(to, ClusterColumns.SECOND_CLUSTER, 3, rows.seconds()[i]);
        real(to, ClusterColumns.MARGIN, 4, rows.margins()[i]);
      }
      to.endMessage();
      endRow(rows.ids()[i]);
      if (full(0)) {
        flush();
      }
    }
  }
}
