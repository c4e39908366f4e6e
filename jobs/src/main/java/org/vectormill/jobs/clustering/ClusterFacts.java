package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
 * mean_score}, {@code medoid} (the item nearest to the centroid; its score), {@code hardest} (the
 * item that another cluster nearly has; its margin) and {@code nearest} (the next centroid; its
 * distance).
 */
final class ClusterFacts {
  private static final String ROWS = "n";
  private static final String MEAN = "mean";
  private static final String BEST = "best";
  private static final String HARDEST = "hardest";

  static List<MetricRow> of(
      SparkSession spark,
      List<DataFile> files,
      ClusterSizes sizes,
      Centroids centroids,
      MatrixSpec matrices) {
    List<MetricRow> facts = new ArrayList<>();
    int[] nearest = centroids.count() > 1 ? nearestOthers(centroids, matrices) : new int[0];
    for (int c = 0; c < centroids.count(); c++) {
      long n = sizes.sizes()[c];
      facts.add(MetricRow.of("size", slice(c), n, n, Map.of()));
      facts.add(MetricRow.of("radius", slice(c), sizes.radii()[c], n, Map.of()));
      if (centroids.count() > 1) {
        facts.add(nearest(centroids, c, nearest[c], n));
      }
    }
    if (!files.isEmpty()) {
      groups(spark, files).forEach(group -> add(group, facts));
    }
    return facts;
  }

  static String slice(int cluster) {
    return "cluster=" + cluster;
  }

  /** The nearest other centroid of each. */
  private static int[] nearestOthers(Centroids centroids, MatrixSpec matrices) {
    int k = centroids.count();
    // Distances between centroids alone: penalties belong to rows.
    Centroids bare = centroids.withPenalties(new float[0]);
    int[] two =
        new SmallKMeans(matrices, 1)
            .nearestTwo(WeightedRows.equal(centroids.dimension(), centroids.values()), bare);
    return IntStream.range(0, k).map(c -> two[2 * c] == c ? two[2 * c + 1] : two[2 * c]).toArray();
  }

  private static MetricRow nearest(Centroids centroids, int cluster, int nearest, long n) {
    double least = centroids.cost(nearest, centroids.row(cluster));
    return MetricRow.of(
        "nearest",
        slice(cluster),
        centroids.metric().distance(least),
        n,
        Map.of("cluster", String.valueOf(nearest)));
  }

  /**
   * Of equal scores or margins the smaller id counts, so that the same rows give the same facts.
   */
  private static List<Row> groups(SparkSession spark, List<DataFile> files) {
    return TableFiles.rows(spark, files)
        .groupBy(ClusterColumns.CLUSTER)
        .agg(
            functions.count(functions.lit(1)).as(ROWS),
            mean(functions.col(ClusterColumns.SCORE)).as(MEAN),
            functions
                .min(
                    functions.struct(
                        functions.negative(functions.col(ClusterColumns.SCORE)).as("score"),
                        functions.col(ClusterColumns.ID)))
                .as(BEST),
            functions
                .min(
                    functions.when(
                        functions.col(ClusterColumns.MARGIN).isNotNull(),
                        functions.struct(ClusterColumns.MARGIN, ClusterColumns.ID)))
                .as(HARDEST))
        .orderBy(ClusterColumns.CLUSTER)
        .collectAsList();
  }

  /**
   * In decimals, whose sum is the same in any order: in doubles its last bits would say in how many
   * parts the rows were read.
   */
  private static Column mean(Column score) {
    Column sum = functions.sum(score.cast(DataTypes.createDecimalType(38, 18)));
    return sum.cast(DataTypes.DoubleType).divide(functions.count(functions.lit(1)));
  }

  private static void add(Row group, List<MetricRow> facts) {
    String slice = slice(group.getInt(0));
    long n = group.<Long>getAs(ROWS);
    Row best = group.getAs(BEST);
    Row hardest = group.getAs(HARDEST);
    facts.add(MetricRow.of("mean_score", slice, group.<Double>getAs(MEAN), n, Map.of()));
    facts.add(MetricRow.of("medoid", slice, -best.getFloat(0), n, Map.of("id", best.getString(1))));
    if (hardest != null) {
      facts.add(
          MetricRow.of(
              "hardest", slice, hardest.getFloat(0), n, Map.of("id", hardest.getString(1))));
    }
  }

  private ClusterFacts() {}
}
