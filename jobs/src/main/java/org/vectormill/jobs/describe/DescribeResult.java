package org.vectormill.jobs.describe;

import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * A description; it takes and gives no items, so all counts are 0.
 *
 * @param summary what is printed
 * @param details the same facts for the result file
 */
public record DescribeResult(String summary, Map<String, Object> details) implements JobResult {
  @Override
  public long read() {
    return 0;
  }

  @Override
  public long written() {
    return 0;
  }

  @Override
  public long rejected() {
    return 0;
  }

  @Override
  public long alreadyDone() {
    return 0;
  }

  @Override
  public Map<String, Long> rejectsByReason() {
    return Map.of();
  }
}
