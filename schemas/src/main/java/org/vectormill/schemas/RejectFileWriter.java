package org.vectormill.schemas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes {@code rejects} files. */
final class RejectFileWriter extends ParquetTableWriter<RejectRow> {
  RejectFileWriter(Configuration conf, String fileUri, Map<String, String> footer) {
    super(
        conf,
        fileUri,
        new WriterShape(ParquetShapes.REJECTS, ParquetShapes.REJECTS, RowGroupSize.DEFAULT),
        footer);
  }

  @Override
  public void write(RejectRow row) {
    RecordConsumer to = sink().consumer();
    to.startMessage();
    string(to, RejectColumns.ID, 0, row.id());
    string(to, RejectColumns.SOURCE, 1, row.source());
    string(to, RejectColumns.CONTENT_HASH, 2, row.contentHash());
    string(to, RejectColumns.STAGE, 3, row.stage());
    string(to, RejectColumns.REASON, 4, row.reason().code());
    string(to, RejectColumns.MESSAGE, 5, row.message());
    string(to, RejectColumns.RUN_ID, 6, row.runId());
    number(
        to,
        RejectColumns.REJECTED_AT,
        7,
        ChronoUnit.MICROS.between(Instant.EPOCH, row.rejectedAt()));
    to.endMessage();
    endRow(row.id());
    if (full(0)) {
      flush();
    }
  }
}
