package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectorColumns;
import org.vectormill.schemas.WaveCommit;

/** Rows of pending waves that have to be encoded, found by joins on id and content hash. */
final class PendingRows {
  private static final String FILE = "pending_file";
  private static final String ROW = "pending_row";

  /** Where a row stands: file URI and position in the file. */
  record Position(String file, long row, String id) implements Serializable {}

  /**
   * Rows that no later wave replaced and that are neither in {@code vectors} nor among its rejects.
   *
   * @param vectors null where there is none yet
   */
  static JavaRDD<Position> of(SparkSession spark, InputWaves waves, Table vectors) {
    Dataset<Row> rows = current(spark, waves);
    if (vectors != null) {
      rows = without(rows, done(spark, vectors), ItemColumns.ID, ItemColumns.CONTENT_HASH);
    }
    return rows.select(FILE, ROW, ItemColumns.ID)
        .toJavaRDD()
        .map(row -> new Position(path(row.getString(0)), row.getLong(1), row.getString(2)));
  }

  /** Spark names a file by an escaped URI. */
  private static String path(String escaped) {
    return new Path(URI.create(escaped)).toString();
  }

  private static Dataset<Row> current(SparkSession spark, InputWaves waves) {
    Dataset<Row> rows = null;
    for (WaveCommit wave : waves.pending()) {
      List<DataFile> replaced = waves.items().hidden(wave);
      if (rows != null && !replaced.isEmpty()) {
        rows = without(rows, TableFiles.rows(spark, replaced), ItemColumns.ID);
      }
      List<DataFile> files = waves.items().files(wave);
      if (!files.isEmpty()) {
        Dataset<Row> more = keys(spark, files);
        rows = rows == null ? more : rows.unionByName(more);
      }
    }
    return rows;
  }

  private static Dataset<Row> keys(SparkSession spark, List<DataFile> files) {
    return TableFiles.rows(spark, files)
        .select(
            functions.col(ItemColumns.ID),
            functions.col(ItemColumns.CONTENT_HASH),
            functions.col("_metadata.file_path").as(FILE),
            functions.col("_metadata.row_index").as(ROW));
  }

  private static Dataset<Row> done(SparkSession spark, Table vectors) {
    Dataset<Row> rows = vectors.current(spark).select(VectorColumns.ID, VectorColumns.CONTENT_HASH);
    return rows.unionByName(
        vectors.settledRejects(spark).select(RejectColumns.ID, RejectColumns.CONTENT_HASH));
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others, String... columns) {
    Column equal = functions.lit(true);
    for (String column : columns) {
      equal = equal.and(rows.col(column).equalTo(others.col(column)));
    }
    return rows.join(others, equal, "left_anti");
  }

  private PendingRows() {}
}
