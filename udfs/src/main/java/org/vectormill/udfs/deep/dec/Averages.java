package org.vectormill.udfs.deep.dec;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.training.OptionRule;

/**
 * How often workers' weights are averaged. In between they go apart: with the 273 steps of an epoch
 * on MNIST between two averages, eight workers learn codes that cluster worse than one's, with 17
 * they don't.
 *
 * @param chosen times in an epoch, or between two refreshes; 0 to go by an epoch's steps, and once
 *     between two refreshes
 */
public record Averages(int chosen) implements Serializable {
  /** Steps between two averages of an epoch, or fewer. */
  private static final int STEPS = 16;

  /** Each sends all workers' weights and moments to the driver and back. */
  private static final int MOST = 16;

  public static final Averages BY_STEPS = new Averages(0);
  public static final Averages ONCE = new Averages(1);

  /**
   * @throws VectormillException ({@code USAGE}) where it is below 1
   */
  public static Averages of(int times) {
    OptionRule.require(times >= 1, "--averages", times, "at least 1");
    return new Averages(times);
  }

  /**
   * @param steps of a worker in an epoch, at least 0
   */
  int inEpoch(int steps) {
    return chosen > 0 ? chosen(steps) : Math.max(1, Math.min(MOST, (steps + STEPS - 1) / STEPS));
  }

  /**
   * @param steps of a worker from one refresh to the next, at least 0
   */
  int betweenRefreshes(int steps) {
    return chosen > 0 ? chosen(steps) : 1;
  }

  /** Without a step in between there is nothing new to average. */
  private int chosen(int steps) {
    return Math.max(1, Math.min(chosen, steps));
  }
}
