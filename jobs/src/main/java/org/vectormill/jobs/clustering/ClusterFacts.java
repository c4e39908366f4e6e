package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.TableFiles;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.SmallKMeans;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * What each cluster is, as rows of a metrics table: {@code size}, {@code radius}, {@code
 * mean_score}, {@code medoid} (the item of highest score: the nearest to the centroid, and where a
 * network gives scores the one that it is surest of; its score), {@code hardest} (items that
 * another cluster nearly has; their margins) and {@code nearest} (the next centroids; their
 * distances). The second of these is {@code cluster=0/rank=2} and so on.
 */
final class ClusterFacts {
  private static final int HARDEST_ITEMS = 5;
  private static final int NEAREST_CLUSTERS = 3;
  private static final String ROWS = "n";
  private static final String MEAN = "mean";
  private static final String BEST = "best";
  private static final String RANK = "rank";

  static List<MetricRow> of(
      SparkSession spark,
      List<DataFile> files,
      ClusterSizes sizes,
      Centroids centroids,
      MatrixSpec matrices) {
    List<MetricRow> facts = new ArrayList<>();
    int others = Math.min(NEAREST_CLUSTERS, centroids.count() - 1);
    int[] nearest = others > 0 ? nearestOthers(centroids, others, matrices) : new int[0];
    for (int c = 0; c < centroids.count(); c++) {
      long n = sizes.sizes()[c];
      facts.add(MetricRow.of("size", slice(c), n, n, Map.of()));
      facts.add(MetricRow.of("radius", slice(c), sizes.radii()[c], n, Map.of()));
      for (int rank = 1; rank <= others; rank++) {
        facts.add(nearest(centroids, c, nearest[c * others + rank - 1], rank, n));
      }
    }
    if (!files.isEmpty()) {
      groups(spark, files, digits(sizes)).forEach(group -> add(group, facts));
      hardest(spark, files, sizes, facts);
    }
    return facts;
  }

  static String slice(int cluster) {
    return "cluster=" + cluster;
  }

  private static String slice(int cluster, int rank) {
    return rank == 1 ? slice(cluster) : slice(cluster) + "/rank=" + rank;
  }

  /** The nearest other centroids of each, nearest first. */
  private static int[] nearestOthers(Centroids centroids, int count, MatrixSpec matrices) {
    int k = centroids.count();
    // Distances between centroids alone: penalties belong to rows.
    Centroids bare = centroids.withPenalties(new float[0]);
    int[] all =
        new SmallKMeans(matrices, 1)
            .nearest(
                WeightedRows.equal(centroids.dimension(), centroids.values()), bare, count + 1);
    int[] others = new int[k * count];
    for (int c = 0; c < k; c++) {
      int at = c * count;
      // A centroid that equals others needn't be the first of its own list.
      for (int i = 0; i <= count && at < (c + 1) * count; i++) {
        int one = all[c * (count + 1) + i];
        if (one != c) {
          others[at++] = one;
        }
      }
    }
    return others;
  }

  private static MetricRow nearest(
      Centroids centroids, int cluster, int nearest, int rank, long n) {
    double least = centroids.cost(nearest, centroids.row(cluster));
    return MetricRow.of(
        "nearest",
        slice(cluster, rank),
        centroids.metric().distance(least),
        n,
        Map.of("cluster", String.valueOf(nearest)));
  }

  /**
   * Of equal scores or margins the smaller id counts, so that the same rows give the same facts.
   */
  private static List<Row> groups(SparkSession spark, List<DataFile> files, int digits) {
    return TableFiles.rows(spark, files)
        .groupBy(ClusterColumns.CLUSTER)
        .agg(
            functions.count(functions.lit(1)).as(ROWS),
            mean(functions.col(ClusterColumns.SCORE), digits).as(MEAN),
            functions
                .min(
                    functions.struct(
                        functions.negative(functions.col(ClusterColumns.SCORE)).as("score"),
                        functions.col(ClusterColumns.ID)))
                .as(BEST))
        .orderBy(ClusterColumns.CLUSTER)
        .collectAsList();
  }

  /**
   * In decimals, whose sum is the same in any order: in doubles its last bits would say in how many
   * parts the rows were read.
   *
   * @param digits after the point
   */
  private static Column mean(Column score, int digits) {
    Column sum = functions.sum(score.cast(DataTypes.createDecimalType(38, digits)));
    return sum.cast(DataTypes.DoubleType).divide(functions.count(functions.lit(1)));
  }

  /** As many digits after the point, of 38, as leave room for a sum of all scores before it. */
  private static int digits(ClusterSizes sizes) {
    double largest = 1;
    for (float radius : sizes.radii()) {
      largest = Math.max(largest, radius);
    }
    int before = (int) Math.ceil(Math.log10(largest * Math.max(1, sizes.rows()))) + 1;
    return Math.max(0, Math.min(18, 38 - before));
  }

  private static void add(Row group, List<MetricRow> facts) {
    String slice = slice(group.getInt(0));
    long n = group.<Long>getAs(ROWS);
    Row best = group.getAs(BEST);
    facts.add(MetricRow.of("mean_score", slice, group.<Double>getAs(MEAN), n, Map.of()));
    facts.add(MetricRow.of("medoid", slice, -best.getFloat(0), n, Map.of("id", best.getString(1))));
  }

  /** A rank's limit is kept within each part before rows of a cluster come together. */
  private static void hardest(
      SparkSession spark, List<DataFile> files, ClusterSizes sizes, List<MetricRow> facts) {
    Column rank =
        functions
            .row_number()
            .over(
                Window.partitionBy(ClusterColumns.CLUSTER)
                    .orderBy(ClusterColumns.MARGIN, ClusterColumns.ID));
    TableFiles.rows(spark, files)
        .where(functions.col(ClusterColumns.MARGIN).isNotNull())
        .select(ClusterColumns.CLUSTER, ClusterColumns.MARGIN, ClusterColumns.ID)
        .withColumn(RANK, rank)
        .where(functions.col(RANK).leq(HARDEST_ITEMS))
        .orderBy(ClusterColumns.CLUSTER, RANK)
        .collectAsList()
        .forEach(
            row ->
                facts.add(
                    MetricRow.of(
                        "hardest",
                        slice(row.getInt(0), row.getInt(3)),
                        row.getFloat(1),
                        sizes.sizes()[row.getInt(0)],
                        Map.of("id", row.getString(2)))));
  }

  private ClusterFacts() {}
}
