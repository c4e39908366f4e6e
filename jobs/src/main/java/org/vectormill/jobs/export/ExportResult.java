package org.vectormill.jobs.export;

import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * What was exported.
 *
 * @param read current rows of the table
 * @param written rows of the new files; 0 in a dry run
 * @param alreadyDone rows of a dry run
 */
public record ExportResult(
    long read, long written, long alreadyDone, Map<String, Object> details, String summary)
    implements JobResult {

  public ExportResult {
    if (read != written + alreadyDone) {
      throw new IllegalArgumentException(
          "read %d, but written %d + not written %d".formatted(read, written, alreadyDone));
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
