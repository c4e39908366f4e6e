package org.vectormill.schemas;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writers of the small lists below {@code _vectormill}: processed sources and replaced ids. */
final class KeyFileWriters {
  static TableFileWriter<ProcessedSource> processed(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return new KeyFileWriter<>(conf, fileUri, footer, ParquetShapes.PROCESSED) {
      @Override
      void fields(RecordConsumer to, ProcessedSource row) {
        string(to, ItemColumns.SOURCE, 0, row.source());
        number(to, ItemColumns.SOURCE_SIZE, 1, row.size());
        string(to, ItemColumns.SOURCE_VERSION, 2, row.version());
      }

      @Override
      String id(ProcessedSource row) {
        return row.source();
      }
    };
  }

  static TableFileWriter<String> ids(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return new KeyFileWriter<>(conf, fileUri, footer, ParquetShapes.IDS) {
      @Override
      void fields(RecordConsumer to, String row) {
        string(to, ItemColumns.ID, 0, row);
      }

      @Override
      String id(String row) {
        return row;
      }
    };
  }

  private abstract static class KeyFileWriter<R> extends ParquetTableWriter<R> {
    KeyFileWriter(
        Configuration conf, String fileUri, Map<String, String> footer, MessageType type) {
      super(conf, fileUri, new WriterShape(type, type, RowGroupSize.DEFAULT), footer);
    }

    abstract void fields(RecordConsumer to, R row);

    abstract String id(R row);

    @Override
    public void write(R row) {
      RecordConsumer to = sink().consumer();
      to.startMessage();
      fields(to, row);
      to.endMessage();
      endRow(id(row));
      if (full(0)) {
        flush();
      }
    }
  }

  private KeyFileWriters() {}
}
