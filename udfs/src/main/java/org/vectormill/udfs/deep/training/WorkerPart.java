package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * What one worker came to in a part of a training.
 *
 * @param rows that it trains on
 * @param result what it learned; null where it came to nothing
 * @param moments of its optimizer
 * @param loss mean over the rows of its steps
 * @param seen rows of its steps, each as often as it was in one
 * @param failure why it came to nothing; null where it did not
 */
public record WorkerPart<R extends Serializable>(
    long rows, R result, Moments moments, double loss, long seen, String failure)
    implements Serializable {
  public WorkerPart(long rows, R result, Moments moments, double loss) {
    this(rows, result, moments, loss, rows, null);
  }

  /** The same where the steps were of other rows than all of its own, each once. */
  public WorkerPart<R> seeing(long rowsOfSteps) {
    return new WorkerPart<>(rows, result, moments, loss, rowsOfSteps, failure);
  }

  /** A worker without rows learns nothing, and counts for nothing. */
  public static <R extends Serializable> WorkerPart<R> idle(R result) {
    return new WorkerPart<>(0, result, Moments.NONE, 0);
  }

  /** A worker that diverges would only do so again: it is not a task to be tried anew. */
  public static <R extends Serializable> WorkerPart<R> of(Supplier<WorkerPart<R>> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      return new WorkerPart<>(0, null, Moments.NONE, Double.NaN, 0, e.getMessage());
    }
  }

  /**
   * @param at where on the learning curve, for the message
   * @throws VectormillException ({@code QUALITY}) where a worker came to nothing
   */
  public static void requireFinite(List<? extends WorkerPart<?>> parts, String at) {
    for (int worker = 0; worker < parts.size(); worker++) {
      if (parts.get(worker).failure() != null) {
        throw new VectormillException(
            Fault.QUALITY,
            "%s of %s, worker %d; checkpoints before it are kept; lower the rates (--learning-rate, --clustering-rate), or look for huge components in the input"
                .formatted(parts.get(worker).failure(), at, worker));
      }
    }
  }

  /** Each worker's share of the rows. */
  public static double[] shares(List<? extends WorkerPart<?>> parts) {
    double rows = parts.stream().mapToLong(WorkerPart::rows).sum();
    return parts.stream().mapToDouble(part -> part.rows() / rows).toArray();
  }

  /** The optimizers' moments, each worker's counted by its share of the rows. */
  public static Moments moments(List<? extends WorkerPart<?>> parts) {
    return Moments.average(parts.stream().map(WorkerPart::moments).toList(), shares(parts));
  }

  /** Mean loss over the rows of all steps. */
  public static double loss(List<? extends WorkerPart<?>> parts) {
    MeanLoss mean = new MeanLoss();
    mean.add(parts);
    return mean.value();
  }
}
