package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.ClusterNumber;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * The number of clusters that {@code --k auto} takes.
 *
 * @param sampled rows that they were judged on
 * @param judged every number that was tried
 */
record ChosenNumber(int k, int sampled, List<ClusterNumber.Judged> judged) {
  private static final int SAMPLE = 20_000;
  private static final long SAMPLE_BYTES = 64L << 20;

  /** Rows a cluster that a sample has to have on average, for a silhouette to say anything. */
  private static final int ROWS_PER_CLUSTER = 8;

  /**
   * Chooses among numbers by a sample of the rows.
   *
   * @throws VectormillException ({@code USAGE}) where the rows are too few for any of them
   */
  static ChosenNumber of(BlockSet set, List<Integer> numbers, MatrixSpec matrices, long seed) {
    WeightedRows sample =
        WeightedRows.of(
            set.dimension(), SampledRows.of(set, sampled(set.rows(), set.dimension()), seed));
    int most = Math.min(set.distinct(), sample.rows() / ROWS_PER_CLUSTER);
    ClusterNumber number = new ClusterNumber(set.metric(), sample, matrices, seed);
    List<ClusterNumber.Judged> judged = new ArrayList<>();
    for (int k : numbers) {
      if (k <= most) {
        judged.add(number.judge(k));
      }
    }
    if (judged.isEmpty()) {
      throw VectormillException.usage(
          "--k-range: a sample of %,d of %,d vectors with %,d distinct values is too small to judge %s clusters by; name"
                  .formatted(sample.rows(), set.rows(), set.distinct(), numbers)
              + " smaller numbers, or one with --k");
    }
    return new ChosenNumber(ClusterNumber.best(judged).k(), sample.rows(), judged);
  }

  /** Rows of a sample that is bounded by their number and by their bytes. */
  static int sampled(long rows, int dimension) {
    long fit = Math.max(1, SAMPLE_BYTES / ((long) dimension * Float.BYTES));
    return (int) Math.min(Math.min(SAMPLE, fit), rows);
  }

  List<Map<String, Object>> details() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ClusterNumber.Judged one : judged) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("k", one.k());
      row.put("silhouette", one.silhouette());
      row.put("davies_bouldin", one.daviesBouldin());
      row.put("stability", one.stability());
      rows.add(row);
    }
    return rows;
  }

  /** The same as rows of a metrics table. */
  List<MetricRow> metrics() {
    List<MetricRow> metrics = new ArrayList<>();
    for (ClusterNumber.Judged one : judged) {
      String slice = "k=" + one.k();
      Map<String, String> detail = Map.of("taken", String.valueOf(one.k() == k));
      metrics.add(MetricRow.of("silhouette", slice, one.silhouette(), sampled, detail));
      metrics.add(MetricRow.of("davies_bouldin", slice, one.daviesBouldin(), sampled, detail));
      metrics.add(MetricRow.of("stability", slice, one.stability(), sampled, detail));
    }
    return metrics;
  }

  String text() {
    StringBuilder text = new StringBuilder("      k  silhouette  Davies-Bouldin  stability");
    for (ClusterNumber.Judged one : judged) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%7d  %10.4f  %14.4f  %9.4f%s",
              one.k(),
              one.silhouette(),
              one.daviesBouldin(),
              one.stability(),
              one.k() == k ? "  taken" : ""));
    }
    return text.toString();
  }
}
