package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.function.Supplier;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Averaged;

/**
 * What one worker came to in a part of a training, or several of them together.
 *
 * @param rows that it trains on
 * @param result what it learned; null where it came to nothing
 * @param moments of its optimizer
 * @param loss mean over the rows of its steps
 * @param seen rows of its steps, each as often as it was in one
 * @param failure why it came to nothing; null where it did not
 */
public record WorkerPart<R extends Averaged<R>>(
    long rows, R result, Moments moments, double loss, long seen, Failure failure)
    implements Serializable {
  private record Failure(int worker, String reason) implements Serializable {}

  public WorkerPart(long rows, R result, Moments moments, double loss) {
    this(rows, result, moments, loss, rows, null);
  }

  /** The same where the steps were of other rows than all of its own, each once. */
  public WorkerPart<R> seeing(long rowsOfSteps) {
    return new WorkerPart<>(rows, result, moments, loss, rowsOfSteps, failure);
  }

  /** A worker without rows learns nothing, and counts for nothing. */
  public static <R extends Averaged<R>> WorkerPart<R> idle(R result) {
    return new WorkerPart<>(0, result, Moments.NONE, 0);
  }

  /** A worker that diverges would only do so again: it is not a task to be tried anew. */
  public static <R extends Averaged<R>> WorkerPart<R> of(int worker, Supplier<WorkerPart<R>> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      Failure failure = new Failure(worker, e.getMessage());
      return new WorkerPart<>(0, null, Moments.NONE, Double.NaN, 0, failure);
    }
  }

  /**
   * This and another together, each counted by its share of the rows, and its loss by those of its
   * steps; the first that came to nothing where one did.
   */
  public WorkerPart<R> with(WorkerPart<R> other) {
    if (failure != null || other.rows == 0 && other.failure == null) {
      return this;
    }
    if (other.failure != null || rows == 0) {
      return other;
    }
    double share = (double) other.rows / (rows + other.rows);
    double losses = loss * seen + other.loss * other.seen;
    return new WorkerPart<>(
        rows + other.rows,
        result.average(other.result, share),
        moments.average(other.moments, share),
        losses / Math.max(1, seen + other.seen),
        seen + other.seen,
        null);
  }

  /**
   * The same where all workers came to something.
   *
   * @param at where on the learning curve, for the message
   * @throws VectormillException ({@code QUALITY}) where a worker came to nothing
   */
  public WorkerPart<R> finite(String at) {
    if (failure != null) {
      throw new VectormillException(
          Fault.QUALITY,
          "%s of %s, worker %d; checkpoints before it are kept; lower the rates (--learning-rate, --clustering-rate), or look for huge components in the input"
              .formatted(failure.reason(), at, failure.worker()));
    }
    return this;
  }
}
