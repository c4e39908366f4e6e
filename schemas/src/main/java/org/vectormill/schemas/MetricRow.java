package org.vectormill.schemas;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row of a {@code metrics} table.
 *
 * @param metric what is measured
 * @param slice of which part; {@code all} for everything
 * @param value finite
 * @param ciLow lower end of its confidence interval; null for none
 * @param ciHigh upper end; null for none
 * @param n of how many items it is
 * @param detail facts that belong to it, sorted by name
 */
public record MetricRow(
    String metric,
    String slice,
    double value,
    Double ciLow,
    Double ciHigh,
    long n,
    Map<String, String> detail) {
  /** Fact of a figure that is one of several in an order: its place, from 1. */
  public static final String RANK = "rank";

  public MetricRow {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(metric + " of " + slice + " is " + value);
    }
    // In one order: that of Map.copyOf is another in each process, and would be written.
    detail = Collections.unmodifiableMap(new TreeMap<>(detail));
  }

  /** A figure without a confidence interval. */
  public static MetricRow of(
      String metric, String slice, double value, long n, Map<String, String> detail) {
    return new MetricRow(metric, slice, value, null, null, n, detail);
  }

  /** What names the row; figures of one slice that stand in an order are told apart by it. */
  public String id() {
    String rank = detail.get(RANK);
    return metric + "/" + slice + (rank == null ? "" : "/" + rank);
  }
}
