package org.vectormill.schemas;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One Parquet file, read a row group and a few columns at a time. Of one thread. */
final class ParquetRowGroups implements AutoCloseable {
  private final String uri;
  private final ZstdPages codecs;
  private final ParquetFileReader reader;
  private final MessageType requested;
  private final String createdBy;

  /**
   * @param names top-level columns to read; the others' bytes are not touched
   * @throws VectormillException ({@link Fault#INPUT}) for a file that is missing, is not Parquet,
   *     or has no such column
   */
  ParquetRowGroups(Configuration conf, String uri, List<String> names) {
    this.uri = uri;
    this.codecs = new ZstdPages(conf);
    try {
      Path path = new Path(uri);
      this.reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(path, conf),
              HadoopReadOptions.builder(conf, path).withCodecFactory(codecs).build());
    } catch (FileNotFoundException e) {
      throw new VectormillException(Fault.INPUT, "file " + uri + " is missing", e);
    } catch (IOException | RuntimeException e) {
      throw new VectormillException(
          Fault.INPUT, "file " + uri + " is not readable Parquet: " + e.getMessage(), e);
    }
    MessageType file = reader.getFooter().getFileMetaData().getSchema();
    List<Type> fields = new ArrayList<>();
    for (String name : names) {
      if (!file.containsField(name)) {
        throw VectormillException.input(
            "file " + uri + ": no column " + name + " in " + columns(file));
      }
      fields.add(file.getType(name));
    }
    this.requested = new MessageType(file.getName(), fields);
    this.createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
    reader.setRequestedSchema(requested);
  }

  private static List<String> columns(MessageType file) {
    return file.getFields().stream().map(Type::getName).toList();
  }

  ZstdPages codecs() {
    return codecs;
  }

  String uri() {
    return uri;
  }

  MessageType schema() {
    return requested;
  }

  /** Row groups as the footer lists them. */
  List<RowGroup> list() {
    List<RowGroup> groups = new ArrayList<>();
    long first = 0;
    for (BlockMetaData block : reader.getRowGroups()) {
      groups.add(
          new RowGroup(uri, groups.size(), first, block.getRowCount(), block.getTotalByteSize()));
      first += block.getRowCount();
    }
    return groups;
  }

  /** Pages of the requested columns of one row group; the caller closes them. */
  PageReadStore pages(int index) {
    try {
      return reader.readRowGroup(index);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "file " + uri + ": row group " + index + ": " + e.getMessage(), e);
    }
  }

  /** Values of one column, with its levels. */
  ColumnReader column(PageReadStore pages, ColumnDescriptor column) {
    return new ColumnReadStoreImpl(
            pages, new GroupRecordConverter(requested).getRootConverter(), requested, createdBy)
        .getColumnReader(column);
  }

  /** Value of a flat column for each row, null where it has none. */
  String[] strings(PageReadStore pages, String name) {
    ColumnDescriptor descriptor = requested.getColumnDescription(new String[] {name});
    ColumnReader column = column(pages, descriptor);
    String[] values = new String[Math.toIntExact(pages.getRowCount())];
    Binary last = null;
    for (int i = 0; i < values.length; i++) {
      if (column.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel()) {
        Binary value = column.getBinary();
        // A dictionary gives the same object for the same value.
        values[i] = value == last ? values[i - 1] : value.toStringUsingUTF8();
        last = value;
      } else {
        last = null;
      }
      column.consume();
    }
    return values;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new VectormillException(Fault.RETRY, "file " + uri + ": " + e.getMessage(), e);
    }
  }
}
