package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectorColumns;

/** Rows of pending waves that have to be encoded, found by joins on id and content hash. */
final class PendingRows {
  /** Where a row stands: file URI and position in the file. */
  record Position(String file, long row, String id) implements Serializable {}

  /**
   * Rows that no later wave replaced and that are neither in {@code vectors} nor among its rejects.
   *
   * @param vectors null where there is none yet
   */
  static JavaRDD<Position> of(SparkSession spark, InputWaves waves, Table vectors) {
    Dataset<Row> rows = waves.items().positions(spark, waves.pending());
    if (vectors != null) {
      rows = without(rows, done(spark, vectors), ItemColumns.ID, ItemColumns.CONTENT_HASH);
    }
    return rows.select(Table.FILE, Table.ROW, ItemColumns.ID)
        .toJavaRDD()
        .map(row -> new Position(path(row.getString(0)), row.getLong(1), row.getString(2)));
  }

  /** Spark names a file by an escaped URI. */
  private static String path(String escaped) {
    return new Path(URI.create(escaped)).toString();
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
