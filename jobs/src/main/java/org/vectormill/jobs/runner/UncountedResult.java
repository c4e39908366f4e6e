package org.vectormill.jobs.runner;

import java.util.Map;

/** Result of a job that takes and gives no items: its counts are 0. */
public interface UncountedResult extends JobResult {
  @Override
  default long read() {
    return 0;
  }

  @Override
  default long written() {
    return 0;
  }

  @Override
  default long rejected() {
    return 0;
  }

  @Override
  default long alreadyDone() {
    return 0;
  }

  @Override
  default Map<String, Long> rejectsByReason() {
    return Map.of();
  }
}
