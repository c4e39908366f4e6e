package org.vectormill.jobs.clustering;

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

  /** Nothing was or is to be done with {@code rows} rows. */
  static ClusterResult unchanged(long rows, String summary) {
    return new ClusterResult(rows, 0, 0, 0, rows, Map.of(), Map.of(), summary);
  }
}
