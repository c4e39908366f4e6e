package org.vectormill.jobs.wave;

import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.GateFailedException;
import org.vectormill.jobs.runner.JobResult;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/**
 * The end of a run.
 *
 * @param commit empty where there was nothing to publish
 * @param made rows of the run, published unless the gate failed
 * @param rejected rejects published
 * @param rejectsByReason by reason code
 * @param gateFailure the sentence that says why no rows were published; empty where they were
 */
public record PublishedWave(
    Optional<WaveCommit> commit,
    long made,
    long rejected,
    Map<String, Long> rejectsByReason,
    Optional<String> gateFailure) {

  /** Rows that the gate kept from being published. */
  public long withheld() {
    return gateFailure.isPresent() ? made : 0;
  }

  /** Rows that readers of the table see. */
  public long written() {
    return made - withheld();
  }

  /**
   * The result, where the gate passed.
   *
   * @throws VectormillException ({@code QUALITY}), which carries the result's counts, otherwise
   */
  public <R extends JobResult> R requirePassed(R result) {
    gateFailure.ifPresent(
        why -> {
          throw new VectormillException(Fault.QUALITY, why, new GateFailedException(why, result));
        });
    return result;
  }
}
