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
   * The rate of an epoch, above 0.
   *
   * @param first the first epoch's
   * @param epoch from 0
   * @param epochs in all, above {@code epoch}
   */
  public float rate(float first, int epoch, int epochs) {
    return switch (this) {
      case CONSTANT -> first;
      case COSINE -> (float) (first * (1 + Math.cos(Math.PI * epoch / epochs)) / 2);
    };
  }
}
