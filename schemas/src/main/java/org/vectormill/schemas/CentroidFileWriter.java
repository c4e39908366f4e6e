package org.vectormill.schemas;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes {@code centroids} files. */
final class CentroidFileWriter extends ParquetTableWriter<CentroidRow> {
  CentroidFileWriter(Configuration conf, String fileUri, Map<String, String> footer) {
    super(
        conf,
        fileUri,
        new WriterShape(ParquetShapes.CENTROIDS, ParquetShapes.CENTROIDS, RowGroupSize.DEFAULT),
        footer);
  }

  @Override
  public void write(CentroidRow row) {
    RecordConsumer to = sink().consumer();
    to.startMessage();
    string(to, CentroidColumns.ID, 0, row.id());
    integer(to, CentroidColumns.CLUSTER, 1, row.cluster());
    vector(to, row.vector());
    number(to, CentroidColumns.SIZE, 3, row.size());
    real(to, CentroidColumns.RADIUS, 4, row.radius());
    integer(to, CentroidColumns.LEVEL, 5, row.level());
    if (row.parent() >= 0) {
      integer(to, CentroidColumns.PARENT, 6, row.parent());
    }
    to.endMessage();
    endRow(row.id());
    if (full(0)) {
      flush();
    }
  }

  private static void vector(RecordConsumer to, float[] vector) {
    to.startField(CentroidColumns.VECTOR, 2);
    to.startGroup();
    to.startField("list", 0);
    for (float value : vector) {
      to.startGroup();
      real(to, "element", 0, value);
      to.endGroup();
    }
    to.endField("list", 0);
    to.endGroup();
    to.endField(CentroidColumns.VECTOR, 2);
  }
}
