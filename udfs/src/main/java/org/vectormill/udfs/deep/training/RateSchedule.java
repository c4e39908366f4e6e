package org.vectormill.udfs.deep.training;

/** How the learning rate of an epoch follows from the first one's. */
public enum RateSchedule {
  /** The same in every epoch. */
  CONSTANT,
  /**
   * Falls along half a wave of the cosine (Loshchilov and Hutter, SGDR, 2017, without restarts):
   * slowly at first and at the end; of many epochs, to nearly 0 in the last.
   */
  COSINE;

  /**
   * Share of the first rate, above 0 to 1.
   *
   * @param epoch from 0
   * @param epochs in all, above {@code epoch}
   */
  public double share(int epoch, int epochs) {
    return switch (this) {
      case CONSTANT -> 1;
      case COSINE -> (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    };
  }
}
