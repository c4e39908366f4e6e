package org.vectormill.schemas;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes {@code metrics} files. */
final class MetricFileWriter extends ParquetTableWriter<MetricRow> {
  MetricFileWriter(Configuration conf, String fileUri, Map<String, String> footer) {
    super(
        conf,
        fileUri,
        new WriterShape(ParquetShapes.METRICS, ParquetShapes.METRICS, RowGroupSize.DEFAULT),
        footer);
  }

  @Override
  public void write(MetricRow row) {
    RecordConsumer to = sink().consumer();
    to.startMessage();
    string(to, MetricColumns.ID, 0, row.id());
    string(to, MetricColumns.METRIC, 1, row.metric());
    string(to, MetricColumns.SLICE, 2, row.slice());
    precise(to, MetricColumns.VALUE, 3, row.value());
    precise(to, MetricColumns.CI_LOW, 4, row.ciLow());
    precise(to, MetricColumns.CI_HIGH, 5, row.ciHigh());
    number(to, MetricColumns.N, 6, row.n());
    map(to, MetricColumns.DETAIL, 7, row.detail());
    to.endMessage();
    endRow(row.id());
    if (full(0)) {
      flush();
    }
  }

  private static void precise(RecordConsumer to, String name, int index, Double value) {
    if (value != null) {
      to.startField(name, index);
      to.addDouble(value);
      to.endField(name, index);
    }
  }
}
