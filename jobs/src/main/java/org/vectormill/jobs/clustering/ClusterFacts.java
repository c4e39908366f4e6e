package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.TableFiles;
import org.vectormill.udfs.vectors.Centroids;

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
      SparkSession spark, List<DataFile> files, ClusterSizes sizes, Centroids centroids) {
    List<MetricRow> facts = new ArrayList<>();
    for (int c = 0; c < centroids.count(); c++) {
      long n = sizes.sizes()[c];
      facts.add(MetricRow.of("size", slice(c), n, n, Map.of()));
      facts.add(MetricRow.of("radius", slice(c), sizes.radii()[c], n, Map.of()));
      if (centroids.count() > 1) {
        facts.add(nearest(centroids, c, n));
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

  private static MetricRow nearest(Centroids centroids, int cluster, long n) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < centroids.count(); other++) {
      double cost = other == cluster ? least : centroids.cost(other, centroids.row(cluster));
      if (cost < least) {
        least = cost;
        nearest = other;
      }
    }
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
            functions.avg(ClusterColumns.SCORE).as(MEAN),
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
