package org.vectormill.schemas;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** What the writers of all kinds share: the file, its row groups, its footer, its count of ids. */
abstract class ParquetTableWriter<R> implements TableFileWriter<R> {
  private static final int MAX_PADDING = 0;

  private final Path path;
  private final FileSystem fs;
  private final Map<String, String> footer;
  private final RowGroupSize size;
  private final ParquetFileWriter file;
  private final RowGroupSink sink;
  private IdSetHash ids = IdSetHash.EMPTY;
  private long rows;
  private boolean finished;

  ParquetTableWriter(
      Configuration conf, String fileUri, WriterShape shape, Map<String, String> footer) {
    this.path = new Path(fileUri);
    this.footer = footer;
    this.size = shape.size();
    try {
      this.fs = TableStore.of(path, conf);
      this.file =
          new ParquetFileWriter(
              TableStore.newFile(fs, path),
              shape.file(),
              ParquetFileWriter.Mode.CREATE,
              size.maxBytes(),
              MAX_PADDING);
      file.start();
    } catch (IOException e) {
      throw failed(e);
    }
    this.sink = new RowGroupSink(conf, shape.file(), shape.records());
  }

  /** Schemas and row groups of one kind of file. */
  record WriterShape(MessageType file, MessageType records, RowGroupSize size) {}

  final RowGroupSink sink() {
    return sink;
  }

  /** Ends a row whose id counts. */
  final void endRow(String id) {
    ids = ids.plus(IdSetHash.of(id));
    rows++;
    sink.endRow();
  }

  /** Whether the row group is full, {@code furtherBytes} in pages of the caller's own included. */
  final boolean full(long furtherBytes) {
    return sink.rows() >= size.maxRows() || sink.bufferedBytes() + furtherBytes >= size.maxBytes();
  }

  /** Called before a row group is written; adds pages of columns that are not record by record. */
  void beforeFlush() throws IOException {}

  final void flush() {
    try {
      if (sink.rows() > 0) {
        beforeFlush();
      }
      sink.flush(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public final long rows() {
    return rows;
  }

  @Override
  public final DataFile finish() {
    flush();
    try {
      file.end(footer);
      TableStore.sync(fs, path);
      finished = true;
      return new DataFile(path.toString(), rows, fs.getFileStatus(path).getLen(), ids);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public final void close() {
    // Whatever fails to close, the next thing is closed too and an unfinished file removed.
    try {
      try {
        sink.close();
      } finally {
        try {
          file.close();
        } finally {
          if (!finished) {
            fs.delete(path, false);
          }
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  final VectormillException failed(IOException e) {
    return new VectormillException(
        Fault.RETRY, "file " + path + " can't be written: " + e.getMessage(), e);
  }

  static void string(RecordConsumer to, String name, int index, String value) {
    if (value != null) {
      to.startField(name, index);
      to.addBinary(Binary.fromString(value));
      to.endField(name, index);
    }
  }

  static void number(RecordConsumer to, String name, int index, long value) {
    to.startField(name, index);
    to.addLong(value);
    to.endField(name, index);
  }

  static void integer(RecordConsumer to, String name, int index, int value) {
    to.startField(name, index);
    to.addInteger(value);
    to.endField(name, index);
  }

  static void real(RecordConsumer to, String name, int index, float value) {
    to.startField(name, index);
    to.addFloat(value);
    to.endField(name, index);
  }

  /** A map of strings, whose values may be null. */
  static void map(RecordConsumer to, String name, int index, Map<String, String> map) {
    to.startField(name, index);
    to.startGroup();
    if (!map.isEmpty()) {
      to.startField("key_value", 0);
      map.forEach(
          (key, value) -> {
            to.startGroup();
            string(to, "key", 0, key);
            string(to, "value", 1, value);
            to.endGroup();
          });
      to.endField("key_value", 0);
    }
    to.endGroup();
    to.endField(name, index);
  }
}
