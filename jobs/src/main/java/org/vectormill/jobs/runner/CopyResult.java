package org.vectormill.jobs.runner;

import java.util.Map;

/**
 * What a job did that writes a table's current rows anew and rejects none.
 *
 * @param read current rows of the table
 * @param written rows of the new files
 * @param alreadyDone current rows that were left where they are: nothing was to be done, or the run
 *     was a dry one
 * @param details what else there is to say
 */
public record CopyResult(
    long read, long written, long alreadyDone, Map<String, Object> details, String summary)
    implements JobResult {

  public CopyResult {
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
