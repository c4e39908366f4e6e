package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * What {@code cluster} did.
 *
 * @param read current rows of the input
 * @param written rows published in the clusters table
 * @param withheld rows that the reject gate kept back
 * @param details the inertia curve, sizes, drift and agreement, as the work has them
 */
public record ClusterResult(
    long read,
    long written,
    long withheld,
    long rejected,
    long alreadyDone,
    Map<String, Long> rejectsByReason,
    Map<String, Object> details,
    String summary)
    implements JobResult {

  public ClusterResult {
    if (read != written + withheld + rejected + alreadyDone) {
      throw new IllegalArgumentException(
          "read %d, but written %d + withheld %d + rejected %d + already done %d"
              .formatted(read, written, withheld, rejected, alreadyDone));
    }
  }

  /** With one more entry among the details. */
  ClusterResult with(String name, Map<String, Object> entry) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, entry);
    return new ClusterResult(
        read, written, withheld, rejected, alreadyDone, rejectsByReason, more, summary);
  }

  /** With a line before its summary. */
  ClusterResult after(String line) {
    return new ClusterResult(
        read,
        written,
        withheld,
        rejected,
        alreadyDone,
        rejectsByReason,
        details,
        line + "\n" + summary);
  }

  /** Nothing was or is to be done with {@code rows} rows. */
  static ClusterResult unchanged(long rows, String summary) {
    return new ClusterResult(rows, 0, 0, 0, rows, Map.of(), Map.of(), summary);
  }
}
