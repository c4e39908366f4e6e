package org.vectormill.udfs.deep.training;

/** Mean loss of what workers did from one average to the next, over several of these. */
public final class MeanLoss {
  private double sum;
  private long rows;

  public void add(WorkerPart<?> part) {
    sum += part.seen() * part.loss();
    rows += part.seen();
  }

  /** 0 of no rows. */
  public double value() {
    return rows == 0 ? 0 : sum / rows;
  }
}
