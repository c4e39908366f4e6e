package org.vectormill.jobs.runner;

import java.util.Map;

/**
 * What a job did. Counts come from committed tables and balance: {@code read == written + rejected
 * + alreadyDone}.
 */
public interface JobResult {
  long read();

  long written();

  long rejected();

  long alreadyDone();

  /** Rejects by {@link org.vectormill.schemas.RejectReason#code()}. */
  Map<String, Long> rejectsByReason();

  /** Whatever else belongs into the result file; values that Jackson writes. */
  Map<String, Object> details();

  /** The one or more lines that a person reads at the end. */
  String summary();
}
