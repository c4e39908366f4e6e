package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vectormill.schemas.MetricRow;
import org.vectormill.udfs.deep.training.CurvePoint;

/** A learning curve for people: a line, fields of the result file, rows of a table. */
final class LearningCurve {
  /** What the last part came to; a last look at what changed has no loss. */
  static String text(List<CurvePoint> curve) {
    CurvePoint last = curve.get(curve.size() - 1);
    StringBuilder text = new StringBuilder(last.phase());
    if (!Double.isNaN(last.loss())) {
      text.append(String.format(Locale.ROOT, ", loss %.4g", last.loss()));
    }
    if (!Double.isNaN(last.changed())) {
      text.append(String.format(Locale.ROOT, ", %.2f %% changed", 100 * last.changed()));
    }
    return text.toString();
  }

  static List<Map<String, Object>> details(List<CurvePoint> curve) {
    return curve.stream().map(LearningCurve::details).toList();
  }

  private static Map<String, Object> details(CurvePoint point) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("phase", point.phase());
    row.put("step", point.step());
    row.put("loss", finite(point.loss()));
    row.put("changed", finite(point.changed()));
    return row;
  }

  /** JSON has no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /**
   * @param n rows that were trained on
   */
  static List<MetricRow> metrics(List<CurvePoint> curve, long n) {
    List<MetricRow> rows = new ArrayList<>();
    for (CurvePoint point : curve) {
      String slice = CurvePoint.at(point.phase(), point.step());
      add(rows, "loss", slice, point.loss(), n);
      add(rows, "changed", slice, point.changed(), n);
    }
    return rows;
  }

  private static void add(List<MetricRow> rows, String metric, String slice, double value, long n) {
    if (Double.isFinite(value)) {
      rows.add(MetricRow.of(metric, slice, value, n, Map.of()));
    }
  }

  private LearningCurve() {}
}
