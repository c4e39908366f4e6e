package org.vectormill.udfs.deep.training;

import java.util.List;

/** Mean loss of what workers did from one average to the next, over several of these. */
public final class MeanLoss {
  private double sum;
  private long rows;

  public void add(List<? extends WorkerPart<?>> parts) {
    for (WorkerPart<?> part : parts) {
      sum += part.seen() * part.loss();
      rows += part.seen();
    }
  }

  /** 0 of no rows. */
  public double value() {
    return rows == 0 ? 0 : sum / rows;
  }
}
