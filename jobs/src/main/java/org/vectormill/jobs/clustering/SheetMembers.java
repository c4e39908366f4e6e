package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.TableFiles;

/**
 * The items that contact sheets show: of each cluster those of the highest scores, some by chance,
 * and those of the least margins, a row of pictures each. Of equal ones the smaller id comes first.
 */
final class SheetMembers {
  /** Pictures of a row. */
  static final int COLUMNS = 8;

  /** Rows of a sheet: nearest, by chance, hardest. */
  static final int ROWS = 3;

  /** Clusters that get a sheet: the largest. */
  static final int MOST_CLUSTERS = 200;

  static final String ROW = "row";
  static final String COLUMN = "column";

  static final StructType SCHEMA =
      new StructType()
          .add(ClusterColumns.ID, DataTypes.StringType, false)
          .add(ClusterColumns.CLUSTER, DataTypes.IntegerType, false)
          .add(ROW, DataTypes.IntegerType, false)
          .add(COLUMN, DataTypes.IntegerType, false);

  /** The largest clusters that have an item; of equally large ones the lower numbers. */
  static List<Integer> clusters(long[] sizes) {
    return IntStream.range(0, sizes.length)
        .filter(cluster -> sizes[cluster] > 0)
        .boxed()
        .sorted((a, b) -> sizes[a] == sizes[b] ? a - b : Long.compare(sizes[b], sizes[a]))
        .limit(MOST_CLUSTERS)
        .sorted()
        .toList();
  }

  /**
   * Rows of {@link #SCHEMA}, places from 0: at most {@link #ROWS} x {@link #COLUMNS} a cluster.
   *
   * @param seed of the row by chance
   */
  static Dataset<Row> of(
      SparkSession spark, List<DataFile> files, List<Integer> clusters, long seed) {
    Dataset<Row> all =
        TableFiles.rows(spark, files)
            .where(functions.col(ClusterColumns.CLUSTER).isInCollection(clusters));
    Column chance = functions.xxhash64(functions.lit(seed), functions.col(ClusterColumns.ID));
    return row(all, 0, functions.col(ClusterColumns.SCORE).desc())
        .union(row(all, 1, chance.asc()))
        .union(
            row(
                all.where(functions.col(ClusterColumns.MARGIN).isNotNull()),
                2,
                functions.col(ClusterColumns.MARGIN).asc()));
  }

  private static Dataset<Row> row(Dataset<Row> all, int row, Column order) {
    Column place =
        functions
            .row_number()
            .over(
                Window.partitionBy(ClusterColumns.CLUSTER)
                    .orderBy(order, functions.col(ClusterColumns.ID).asc()));
    return all.withColumn(COLUMN, place)
        .where(functions.col(COLUMN).leq(COLUMNS))
        .select(
            functions.col(ClusterColumns.ID),
            functions.col(ClusterColumns.CLUSTER),
            functions.lit(row).as(ROW),
            functions.col(COLUMN).minus(1).as(COLUMN));
  }

  private SheetMembers() {}
}
