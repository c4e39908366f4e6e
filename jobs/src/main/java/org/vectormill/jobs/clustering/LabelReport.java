package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectorColumns;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.agreement.GroupSizes;

/** Compares a table's clusters with the labels of its items. Training never sees a label. */
final class LabelReport {
  private static final String COUNT = "count";

  private final SparkSession spark;
  private final Table items;

  private LabelReport(SparkSession spark, Table items) {
    this.spark = spark;
    this.items = items;
  }

  /**
   * The report, where it is asked for.
   *
   * @throws VectormillException ({@code USAGE}) where no items are found, ({@code INPUT}) where
   *     none of those that the vectors are of has a label: said now, since clusters take long
   */
  static Optional<LabelReport> wanted(
      SparkSession spark, Configuration conf, ClusterOptions options, VectorInput input) {
    if (!options.labels()) {
      return Optional.empty();
    }
    Table items = SourceItems.required(conf, options, input, "--report-labels");
    LabelReport report = new LabelReport(spark, items);
    Dataset<Row> ids = input.table().current(spark).select(VectorColumns.ID);
    if (report.labels().join(ids, VectorColumns.ID).isEmpty()) {
      throw VectormillException.input(
          "--report-labels: no item of %s whose vector is in %s has a label; name other items with --items, or leave it out"
              .formatted(items.uri(), input.table().uri()));
    }
    return Optional.of(report);
  }

  private Dataset<Row> labels() {
    return items
        .current(spark)
        .select(ItemColumns.ID, ItemColumns.LABEL)
        .where(functions.col(ItemColumns.LABEL).isNotNull());
  }

  /**
   * The agreement of rows that are about to be published, each id once.
   *
   * @throws VectormillException ({@code INPUT}) where no item with a cluster has a label
   */
  Agreement required(Dataset<Row> clusters) {
    return of(clusters)
        .orElseThrow(
            () ->
                VectormillException.input(
                    "--report-labels: %s; mend these, or leave it out".formatted(noLabel())));
  }

  private String noLabel() {
    return "no item of %s that has a cluster has a label, since no vector of those with one can be clustered (NaN, infinity, or zeros by cosine)"
        .formatted(items.uri());
  }

  /** The agreement of rows of clusters, each id once; empty where none has a label. */
  private Optional<Agreement> of(Dataset<Row> clusters) {
    Dataset<Row> groups =
        clusters
            .select(ClusterColumns.ID, ClusterColumns.CLUSTER)
            .join(labels(), ItemColumns.ID)
            .groupBy(ItemColumns.LABEL, ClusterColumns.CLUSTER)
            .agg(functions.count(functions.lit(1)).as(COUNT))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      GroupSizes labels = sizes(groups, ItemColumns.LABEL);
      GroupSizes found = sizes(groups, ClusterColumns.CLUSTER);
      if (labels.count() == 0) {
        return Optional.empty();
      }
      // As many as there are labels may be as many as there are rows.
      boolean few = Math.max(labels.count(), found.count()) <= Agreement.MAX_MATCHED;
      return Optional.of(
          few
              ? Agreement.of(counts(groups.collectAsList()))
              : Agreement.of(histogram(groups), labels, found));
    } finally {
      groups.unpersist(false);
    }
  }

  private static GroupSizes sizes(Dataset<Row> groups, String column) {
    return histogram(groups.groupBy(column).agg(functions.sum(COUNT).as(COUNT)));
  }

  private static GroupSizes histogram(Dataset<Row> groups) {
    SortedMap<Long, Long> bySize = new TreeMap<>();
    groups
        .groupBy(COUNT)
        .agg(functions.count(functions.lit(1)))
        .collectAsList()
        .forEach(row -> bySize.put(row.getLong(0), row.getLong(1)));
    return new GroupSizes(bySize);
  }

  /** The result with the agreement of a published table's current rows. */
  WaveResult added(WaveResult result, Table clusters) {
    return of(clusters.current(spark))
        .map(agreement -> added(result, agreement))
        .orElseGet(
            () -> result.with("labels", details(0, null, null, null)).then("Labels: " + noLabel()));
  }

  static WaveResult added(WaveResult result, Agreement agreement) {
    return result.with("labels", details(agreement)).then(text(agreement));
  }

  private static long[][] counts(List<Row> groups) {
    Map<String, Integer> labels = new TreeMap<>();
    Map<Integer, Integer> clusters = new TreeMap<>();
    groups.forEach(
        row -> {
          labels.put(row.getString(0), 0);
          clusters.put(row.getInt(1), 0);
        });
    number(labels);
    number(clusters);
    long[][] counts = new long[labels.size()][clusters.size()];
    for (Row row : groups) {
      counts[labels.get(row.getString(0))][clusters.get(row.getInt(1))] = row.getLong(2);
    }
    return counts;
  }

  private static <K> void number(Map<K, Integer> keys) {
    List<K> order = new ArrayList<>(keys.keySet());
    for (int i = 0; i < order.size(); i++) {
      keys.put(order.get(i), i);
    }
  }

  private static Map<String, Object> details(Agreement agreement) {
    OptionalDouble accuracy = agreement.accuracy();
    return details(
        agreement.items(),
        accuracy.isPresent() ? accuracy.getAsDouble() : null,
        agreement.nmi(),
        agreement.ari());
  }

  private static Map<String, Object> details(long items, Double accuracy, Double nmi, Double ari) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("items", items);
    details.put("accuracy", accuracy);
    details.put("nmi", nmi);
    details.put("ari", ari);
    return details;
  }

  private static String text(Agreement agreement) {
    String accuracy =
        agreement.accuracy().isPresent()
            ? String.format(Locale.ROOT, "accuracy %.4f, ", agreement.accuracy().getAsDouble())
            : "more than %,d groups, so no accuracy, ".formatted(Agreement.MAX_MATCHED);
    return String.format(
        Locale.ROOT,
        "Labels of %,d items: %sNMI %.4f, ARI %.4f",
        agreement.items(),
        accuracy,
        agreement.nmi(),
        agreement.ari());
  }
}
