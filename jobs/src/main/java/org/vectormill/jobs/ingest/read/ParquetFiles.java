package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.vectormill.schemas.RejectReason;

/** Reads Parquet files, one row in memory beside a row group's pages. */
final class ParquetFiles {
  private final Configuration conf;
  private final ReadSpec spec;

  ParquetFiles(Configuration conf, ReadSpec spec) {
    this.conf = conf;
    this.spec = spec;
  }

  /** Makes what takes the rows, once the columns are known. */
  interface Intakes {
    RecordIntake with(Columns columns);
  }

  /** Reads the row group of a piece, or all of the file's. */
  void read(Piece piece, Intakes intakes) throws IOException, RejectedException {
    try (ParquetFileReader reader = open(piece.file())) {
      ParquetColumns all = new ParquetColumns(reader.getFooter().getFileMetaData().getSchema());
      Columns columns = all.require(spec.columns(), piece.file());
      RecordIntake intake = intakes.with(columns);
      MessageType projection = all.projection(columns);
      reader.setRequestedSchema(projection);
      long row = piece.before();
      for (int index : groups(piece, reader.getRowGroups())) {
        RowGroupReading reading =
            new RowGroupReading(reader, new ParquetColumns(projection), index, intake);
        row = reading.read(piece.file().path(), row);
      }
    }
  }

  /** Checks the columns of a file that can be opened. */
  void requireColumns(SourceFile file) throws IOException, RejectedException {
    try (ParquetFileReader reader = open(file)) {
      new ParquetColumns(reader.getFooter().getFileMetaData().getSchema())
          .require(spec.columns(), file);
    }
  }

  /** Row groups of a file as pieces, its columns checked. */
  List<Piece> pieces(SourceFile file) throws IOException, RejectedException {
    try (ParquetFileReader reader = open(file)) {
      new ParquetColumns(reader.getFooter().getFileMetaData().getSchema())
          .require(spec.columns(), file);
      List<BlockMetaData> blocks = reader.getRowGroups();
      List<Piece> pieces = new java.util.ArrayList<>();
      long first = 0;
      for (BlockMetaData block : blocks) {
        pieces.add(Piece.rowGroup(file, pieces.size(), first, block.getTotalByteSize()));
        first += block.getRowCount();
      }
      return pieces.isEmpty() ? List.of(Piece.whole(file)) : pieces;
    }
  }

  private static List<Integer> groups(Piece piece, List<BlockMetaData> blocks) {
    return piece.rowGroup() >= 0
        ? List.of(piece.rowGroup())
        : IntStream.range(0, blocks.size()).boxed().toList();
  }

  /** The reader tells damage by runtime exceptions, and the store's failures by others. */
  private ParquetFileReader open(SourceFile file) throws IOException, RejectedException {
    try {
      return ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.uri()), conf));
    } catch (IOException e) {
      throw new StoreException(e);
    } catch (RuntimeException e) {
      throw new RejectedException(
          RejectReason.MALFORMED_RECORD, "the file is not readable Parquet: " + e.getMessage());
    }
  }

  /** Reads one row group. */
  private record RowGroupReading(
      ParquetFileReader reader, ParquetColumns columns, int index, RecordIntake intake) {

    /** Returns the number of rows up to the row group's end. */
    long read(String path, long before) throws IOException {
      long row = before;
      long end = before + reader.getRowGroups().get(index).getRowCount();
      try (PageReadStore pages = reader.readRowGroup(index)) {
        RecordReader<Group> records =
            new ColumnIOFactory(reader.getFooter().getFileMetaData().getCreatedBy())
                .getColumnIO(columns.schema())
                .getRecordReader(pages, new GroupRecordConverter(columns.schema()));
        while (row < end) {
          Group group = records.read();
          row++;
          intake.take(new ParquetFields(columns, group), path + "#" + row, null);
        }
      } catch (org.apache.parquet.ParquetRuntimeException e) {
        rejectRest(path, row, end, e);
      }
      return end;
    }

    private void rejectRest(String path, long from, long end, RuntimeException why) {
      RejectedException rejected =
          new RejectedException(
              RejectReason.MALFORMED_RECORD,
              "row group " + index + " can't be read to its end: " + why.getMessage());
      for (long row = from + 1; row <= end; row++) {
        intake.reject(path + "#" + row, null, rejected);
      }
    }
  }
}
