package org.vectormill.jobs.ingest;

import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.jobs.ingest.read.SourceFile;
import org.vectormill.jobs.ingest.read.SourceKind;
import org.vectormill.schemas.ItemColumns;

/**
 * A file that was found.
 *
 * @param input position of the {@code --input} that it was found by
 * @param hidden whether it is left out for its name
 */
record ListedFile(int input, SourceFile file, boolean hidden) {
  static final String PATH = "path";
  static final String KIND = "kind";
  static final String INPUT = "input";
  static final String HIDDEN = "hidden";

  static final StructType SCHEMA =
      new StructType()
          .add(ItemColumns.SOURCE, DataTypes.StringType, false)
          .add(ItemColumns.SOURCE_SIZE, DataTypes.LongType, false)
          .add(ItemColumns.SOURCE_VERSION, DataTypes.StringType, false)
          .add(PATH, DataTypes.StringType, false)
          .add(KIND, DataTypes.StringType, false)
          .add(INPUT, DataTypes.IntegerType, false)
          .add(HIDDEN, DataTypes.BooleanType, false);

  static ListedFile of(
      int input, FileStatus status, String path, SourceFormat format, boolean hidden) {
    SourceKind kind = format.kindOf(status.getPath().getName());
    return new ListedFile(input, SourceFile.of(status, path, kind), hidden);
  }

  Row row() {
    return RowFactory.create(
        file.uri(), file.size(), file.version(), file.path(), file.kind().name(), input, hidden);
  }

  /** The file of a row with the columns of {@link #SCHEMA}. */
  static SourceFile file(Row row) {
    return new SourceFile(
        row.getAs(ItemColumns.SOURCE),
        row.getAs(PATH),
        row.getAs(ItemColumns.SOURCE_SIZE),
        row.getAs(ItemColumns.SOURCE_VERSION),
        SourceKind.valueOf(row.getAs(KIND)));
  }
}
