package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;

/** Compares a table's clusters with the labels of its items. Training never sees a label. */
final class LabelReport {
  /** The items table with the labels. */
  static Table items(Configuration conf, ClusterOptions options, VectorInput input) {
    return SourceItems.required(conf, options, input, "--report-labels");
  }

  /**
   * The agreement of the current rows.
   *
   * @throws VectormillException ({@code INPUT}) where no item with a cluster has a label
   */
  static Agreement of(SparkSession spark, Table clusters, Table items) {
    List<Row> groups =
        clusters
            .current(spark)
            .select(ClusterColumns.ID, ClusterColumns.CLUSTER)
            .join(
                items
                    .current(spark)
                    .select(ItemColumns.ID, ItemColumns.LABEL)
                    .where(functions.col(ItemColumns.LABEL).isNotNull()),
                ItemColumns.ID)
            .groupBy(ItemColumns.LABEL, ClusterColumns.CLUSTER)
            .count()
            .collectAsList();
    if (groups.isEmpty()) {
      throw VectormillException.input(
          "--report-labels: no item of " + items.uri() + " that has a cluster has a label");
    }
    return Agreement.of(counts(groups));
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

  static Map<String, Object> details(Agreement agreement) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("items", agreement.items());
    details.put(
        "accuracy", agreement.accuracy().isPresent() ? agreement.accuracy().getAsDouble() : null);
    details.put("nmi", agreement.nmi());
    details.put("ari", agreement.ari());
    return details;
  }

  static String text(Agreement agreement) {
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

  private LabelReport() {}
}
