package org.vectormill.jobs.runner;

/**
 * Carries a run's counts to the result file where its gate failed: the cause of a {@link
 * org.vectormill.schemas.VectormillException} with fault {@code QUALITY}.
 */
public final class GateFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient JobResult result;

  public GateFailedException(String message, JobResult result) {
    super(message);
    this.result = result;
  }

  JobResult result() {
    return result;
  }
}
