package org.vectormill.jobs.retry;

import java.util.Map;
import org.vectormill.jobs.runner.UncountedResult;

/**
 * Which rejects are to be tried again; no items are taken or given, so those counts are 0.
 *
 * @param details counts by reason
 */
public record RetryResult(Map<String, Object> details, String summary) implements UncountedResult {

  static RetryResult of(String table, Map<String, Long> byReason, boolean dryRun) {
    long all = byReason.values().stream().mapToLong(Long::longValue).sum();
    String text =
        all == 0
            ? "Nothing to try again: no settled reject of " + table + " has such a reason"
            : (dryRun ? "Plan: " : "")
                + "%,d rejects of %s to be tried again %s; run the command that made the table"
                    .formatted(all, table, byReason);
    return new RetryResult(Map.of("retried", all, "retried_by_reason", byReason), text);
  }
}
