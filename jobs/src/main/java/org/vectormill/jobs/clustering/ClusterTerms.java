package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.MetricRow;

/**
 * The terms that set a cluster of texts apart, by class-based tf-idf (Grootendorst 2022, BERTopic):
 * a term that stands tf times in the cluster's texts and f times in all has the score tf ln(1 + A /
 * f), A the mean number of terms in a cluster's texts. Words of every text score high by it where
 * clusters are few, so only terms count that are at least {@value #LIFT} times as frequent in the
 * cluster as in the others; where there is one cluster, all do.
 */
final class ClusterTerms {
  /** Most terms of a cluster. */
  static final int TERMS = 10;

  private static final int LIFT = 2;
  private static final String METRIC = "term";
  private static final String IN_CLUSTER = "in_cluster";
  private static final String IN_ALL = "in_all";
  private static final String CLUSTER_SIZE = "cluster_terms";
  private static final String SCORE = "score";
  private static final String RANK = "rank";

  /**
   * The best terms of each cluster, as metrics; no more rows come to the driver.
   *
   * @param texts cluster and text, a row an item; texts are not null
   * @param sizes items of each cluster
   */
  static List<MetricRow> of(Dataset<Row> texts, long[] sizes) {
    Dataset<Row> counts =
        CountedTerms.of(texts)
            .groupBy(ClusterColumns.CLUSTER, CountedTerms.TERM)
            .agg(functions.sum(CountedTerms.COUNT).as(IN_CLUSTER))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return best(counts).stream().map(row -> metric(row, sizes)).toList();
    } finally {
      counts.unpersist();
    }
  }

  private static List<Row> best(Dataset<Row> counts) {
    Dataset<Row> clusters =
        counts.groupBy(ClusterColumns.CLUSTER).agg(functions.sum(IN_CLUSTER).as(CLUSTER_SIZE));
    Row all = clusters.agg(functions.sum(CLUSTER_SIZE), functions.count("*")).first();
    if (all.isNullAt(0)) {
      return List.of();
    }
    double terms = all.getLong(0);
    double mean = terms / all.getLong(1);
    Column score =
        functions
            .col(IN_CLUSTER)
            .multiply(functions.log(functions.lit(mean).divide(functions.col(IN_ALL)).plus(1)));
    Column rank =
        functions
            .row_number()
            .over(
                Window.partitionBy(ClusterColumns.CLUSTER)
                    .orderBy(functions.col(SCORE).desc(), functions.col(CountedTerms.TERM).asc()));
    return counts
        .withColumn(IN_ALL, functions.sum(IN_CLUSTER).over(Window.partitionBy(CountedTerms.TERM)))
        .join(functions.broadcast(clusters), ClusterColumns.CLUSTER)
        .where(setsApart(terms))
        .withColumn(SCORE, score)
        .withColumn(RANK, rank)
        .where(functions.col(RANK).leq(TERMS))
        .orderBy(ClusterColumns.CLUSTER, RANK)
        .select(ClusterColumns.CLUSTER, RANK, CountedTerms.TERM, SCORE)
        .collectAsList();
  }

  /** In doubles, as products of two counts may be more than a long. */
  private static Column setsApart(double terms) {
    Column in = functions.col(IN_CLUSTER).cast(DataTypes.DoubleType);
    Column all = functions.col(IN_ALL).cast(DataTypes.DoubleType);
    Column size = functions.col(CLUSTER_SIZE).cast(DataTypes.DoubleType);
    return in.multiply(functions.lit(terms).minus(size))
        .geq(all.minus(in).multiply(size).multiply(LIFT));
  }

  private static MetricRow metric(Row row, long[] sizes) {
    int cluster = row.getInt(0);
    return MetricRow.of(
        METRIC,
        ClusterFacts.slice(cluster),
        row.getDouble(3),
        sizes[cluster],
        Map.of("term", row.getString(2), MetricRow.RANK, String.valueOf(row.getInt(1))));
  }

  private ClusterTerms() {}
}
