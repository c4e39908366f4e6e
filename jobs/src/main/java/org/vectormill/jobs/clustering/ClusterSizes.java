package org.vectormill.jobs.clustering;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.TableFiles;
import org.vectormill.udfs.vectors.Metric;

/**
 * Rows of each cluster, counted in the files that hold them.
 *
 * @param sizes by cluster
 * @param radii distance of each cluster's furthest row; 0 where it has none
 */
record ClusterSizes(long[] sizes, float[] radii) {
  static ClusterSizes of(SparkSession spark, List<DataFile> files, int k, Metric metric) {
    ClusterSizes found = new ClusterSizes(new long[k], new float[k]);
    if (files.isEmpty()) {
      return found;
    }
    List<Row> groups =
        TableFiles.rows(spark, files)
            .groupBy(ClusterColumns.CLUSTER)
            .agg(functions.count(functions.lit(1)), functions.min(ClusterColumns.SCORE))
            .collectAsList();
    for (Row group : groups) {
      int cluster = group.getInt(0);
      found.sizes[cluster] = group.getLong(1);
      found.radii[cluster] = radius(metric, group.getFloat(2));
    }
    return found;
  }

  /** Distance of a row by what is kept of it: its score, a float. */
  static float radius(Metric metric, float score) {
    return (float) Math.max(0, metric.distanceOfScore(score));
  }

  long rows() {
    return Arrays.stream(sizes).sum();
  }

  long smallest() {
    return Arrays.stream(sizes).min().orElse(0);
  }

  long largest() {
    return Arrays.stream(sizes).max().orElse(0);
  }

  long empty() {
    return Arrays.stream(sizes).filter(size -> size == 0).count();
  }

  /**
   * How far the shares of the clusters differ from others': half the sum of the differences, 0 for
   * equal shares, 1 where no cluster is in both.
   */
  double difference(long[] others) {
    double own = Math.max(1, rows());
    double total = Math.max(1, Arrays.stream(others).sum());
    double difference = 0;
    for (int c = 0; c < sizes.length; c++) {
      difference += Math.abs(sizes[c] / own - others[c] / total);
    }
    return difference / 2;
  }
}
