package org.vectormill.schemas;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * The row group that is being filled: the ordinary columns record by record, further columns of the
 * file by pages of the caller's own.
 */
final class RowGroupSink implements AutoCloseable {
  private static final int PAGE_BYTES = 1 << 20;

  private final MessageType file;
  private final MessageType records;
  private final ParquetProperties properties;
  private final ZstdPages codecs;
  private final BytesInputCompressor compressor;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStoreV1 columns;
  private RecordConsumer consumer;
  private int rows;

  /**
   * @param file schema of the file
   * @param records the columns of it that come record by record
   */
  RowGroupSink(Configuration conf, MessageType file, MessageType records) {
    this.file = file;
    this.records = records;
    this.properties =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            .withPageSize(PAGE_BYTES)
            .withDictionaryEncoding(true)
            .withDictionaryEncoding("text", false)
            .withDictionaryEncoding("image", false)
            .withDictionaryEncoding("id", false)
            .withDictionaryEncoding("content_hash", false)
            .withStatisticsEnabled("image", false)
            .withStatisticsEnabled("text", false)
            .build();
    this.codecs = new ZstdPages(conf);
    this.compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
    open();
  }

  private void open() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            file,
            new HeapByteBufferAllocator(),
            properties.getColumnIndexTruncateLength());
    columns = new ColumnWriteStoreV1(records, pages, properties);
    consumer = new ColumnIOFactory(true).getColumnIO(records).getRecordWriter(columns);
    rows = 0;
  }

  /** Takes one record of the ordinary columns. */
  RecordConsumer consumer() {
    return consumer;
  }

  void endRow() {
    rows++;
  }

  int rows() {
    return rows;
  }

  long bufferedBytes() {
    return columns.getBufferedSize();
  }

  /** Writer of a column's own pages. */
  PageWriter pages(String... path) {
    return pages.getPageWriter(file.getColumnDescription(path));
  }

  /** Writes the row group, if it has rows, and begins the next. */
  void flush(ParquetFileWriter writer) throws IOException {
    if (rows == 0) {
      return;
    }
    consumer.flush();
    columns.flush();
    writer.startBlock(rows);
    pages.flushToFileWriter(writer);
    writer.endBlock();
    columns.close();
    pages.close();
    open();
  }

  @Override
  public void close() {
    try {
      columns.close();
      pages.close();
    } finally {
      codecs.release();
    }
  }
}
