package org.vectormill.schemas;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One Parquet file, read a row group and a few columns at a time. Of one thread. */
final class ParquetRowGroups implements AutoCloseable {
  /** Plain values, and the encodings that levels have. */
  private static final Set<Encoding> PLAIN =
      EnumSet.of(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED);

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
              HadoopReadOptions.builder(conf, path)
                  .withCodecFactory(codecs)
                  .usePageChecksumVerification()
                  .build());
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

  /** Row groups that have rows, as the footer lists them. */
  List<RowGroup> list() {
    List<RowGroup> groups = new ArrayList<>();
    long first = 0;
    for (int i = 0; i < reader.getRowGroups().size(); i++) {
      BlockMetaData block = reader.getRowGroups().get(i);
      if (block.getRowCount() > 0) {
        groups.add(new RowGroup(uri, i, first, block.getRowCount(), block.getTotalByteSize()));
      }
      first += block.getRowCount();
    }
    return groups;
  }

  /**
   * What a row group's pages are read into.
   *
   * @throws VectormillException ({@link Fault#INPUT}) where they are damaged or do not fit the heap
   */
  <T> T decode(int index, Function<PageReadStore, T> into) {
    try (PageReadStore pages = pages(index)) {
      return into.apply(pages);
    } catch (ParquetRuntimeException e) {
      throw new VectormillException(
          Fault.INPUT,
          "file " + uri + ": row group " + index + " is damaged: " + e.getMessage(),
          e);
    } catch (OutOfMemoryError e) {
      throw new VectormillException(Fault.INPUT, tooLarge(index), e);
    } catch (RuntimeException e) {
      // Reads of several ranges at once wrap what goes wrong in them.
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new VectormillException(Fault.INPUT, tooLarge(index), e);
      }
      throw e;
    }
  }

  private String tooLarge(int index) {
    BlockMetaData block = reader.getRowGroups().get(index);
    return "file "
        + uri
        + ": row group "
        + index
        + " of "
        + block.getRowCount()
        + " rows and "
        + (block.getTotalByteSize() >> 20)
        + " MiB does not fit the heap of "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB; give more (VECTORMILL_HEAP, spark.executor.memory), run fewer tasks at a time,"
        + " or write the file with smaller row groups (row_group_size in pyarrow,"
        + " parquet.block.size in Spark)";
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

  /** Whether the footer says that all of a column's values in a row group are plain. */
  boolean isPlain(int index, ColumnDescriptor column) {
    for (ColumnChunkMetaData chunk : reader.getRowGroups().get(index).getColumns()) {
      if (Arrays.equals(chunk.getPath().toArray(), column.getPath())) {
        return !chunk.hasDictionaryPage() && PLAIN.containsAll(chunk.getEncodings());
      }
    }
    return false;
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

  /**
   * Value of a flat column for each row.
   *
   * @throws VectormillException ({@link Fault#INPUT}) where one is missing
   */
  String[] required(PageReadStore pages, String name) {
    String[] values = strings(pages, name);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        throw missing(name, i);
      }
    }
    return values;
  }

  VectormillException missing(String name, int row) {
    return VectormillException.input(
        "file " + uri + ": column " + name + ": row " + row + " has a missing value");
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
