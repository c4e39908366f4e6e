package org.vectormill.jobs.compact;

import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * What a compaction did.
 *
 * @param read current rows before it
 * @param written rows of the new wave
 * @param alreadyDone current rows of a table that had nothing to compact
 * @param details files, bytes and rows before and after; what was dropped and removed
 */
public record CompactResult(
    long read, long written, long alreadyDone, Map<String, Object> details, String summary)
    implements JobResult {

  public CompactResult {
    if (read != written + alreadyDone) {
      throw new IllegalArgumentException(
          "read %d, but written %d + already done %d".formatted(read, written, alreadyDone));
    }
  }

  @Override
  public long rejected() {
    return 0;
  }

  @Override
  public Map<String, Long> rejectsByReason() {
    return Map.of();
  }
}
