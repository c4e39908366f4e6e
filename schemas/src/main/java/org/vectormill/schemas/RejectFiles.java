package org.vectormill.schemas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;

/** Reads {@code rejects} files. */
final class RejectFiles {
  static List<RejectRow> read(Configuration conf, String fileUri) {
    List<RejectRow> rows = new ArrayList<>();
    List<String> columns = List.of(RejectColumns.SCHEMA.fieldNames());
    try (ParquetRowGroups file = new ParquetRowGroups(conf, fileUri, columns)) {
      for (RowGroup group : file.list()) {
        rows.addAll(file.decode(group.index(), pages -> rows(file, pages)));
      }
    }
    return rows;
  }

  private static List<RejectRow> rows(ParquetRowGroups file, PageReadStore pages) {
    List<RejectRow> rows = new ArrayList<>();
    String[] ids = file.strings(pages, RejectColumns.ID);
    String[] sources = file.strings(pages, RejectColumns.SOURCE);
    String[] hashes = file.strings(pages, RejectColumns.CONTENT_HASH);
    String[] stages = file.strings(pages, RejectColumns.STAGE);
    String[] reasons = file.strings(pages, RejectColumns.REASON);
    String[] messages = file.strings(pages, RejectColumns.MESSAGE);
    String[] runs = file.strings(pages, RejectColumns.RUN_ID);
    String[] time = {RejectColumns.REJECTED_AT};
    ColumnReader times = file.column(pages, file.schema().getColumnDescription(time));
    for (int i = 0; i < ids.length; i++) {
      rows.add(
          new RejectRow(
              ids[i],
              sources[i],
              hashes[i],
              stages[i],
              RejectReason.ofCode(reasons[i]),
              messages[i],
              runs[i],
              Instant.EPOCH.plus(times.getLong(), ChronoUnit.MICROS)));
      times.consume();
    }
    return rows;
  }

  private RejectFiles() {}
}
