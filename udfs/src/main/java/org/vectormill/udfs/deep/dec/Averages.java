package org.vectormill.udfs.deep.dec;

import java.io.Serializable;
import java.util.function.IntSupplier;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.training.OptionRule;

/**
 * How often workers' weights are averaged (local SGD's period, Stich 2019). The longer workers go
 * apart, the less their codes cluster as those of one worker do.
 *
 * @param chosen times in an epoch, or between two refreshes; 0 to go by an epoch's steps, and once
 *     between two refreshes
 */
public record Averages(int chosen) implements Serializable {
  /** Between two averages of an epoch, as long as {@link #MOST} are enough for that. */
  private static final int STEPS = 4;

  /** Each takes as long as some steps do, and on a cluster as long as all weights need. */
  private static final int MOST = 64;

  public static final Averages BY_STEPS = new Averages(0);
  public static final Averages ONCE = new Averages(1);

  public Averages {
    OptionRule.require(chosen >= 0, "--averages", chosen, "at least 1");
  }

  /**
   * @throws VectormillException ({@code USAGE}) where it is below 1
   */
  public static Averages of(int times) {
    OptionRule.require(times >= 1, "--averages", times, "at least 1");
    return new Averages(times);
  }

  /**
   * @param steps of a worker in an epoch, at least 0; asked for where they matter
   */
  int inEpoch(IntSupplier steps) {
    return chosen > 0
        ? chosen(steps)
        : Math.max(1, Math.min(MOST, (steps.getAsInt() + STEPS - 1) / STEPS));
  }

  /**
   * @param steps of a worker from one refresh to the next, at least 0; asked for where they matter
   */
  int betweenRefreshes(IntSupplier steps) {
    return chosen > 0 ? chosen(steps) : 1;
  }

  /** Without a step in between there is nothing new to average. */
  private int chosen(IntSupplier steps) {
    return chosen == 1 ? 1 : Math.max(1, Math.min(chosen, steps.getAsInt()));
  }

  /** The number alone: it is part of a plan's name. */
  @Override
  public String toString() {
    return Integer.toString(chosen);
  }
}
