package org.vectormill.udfs.deep;

import org.vectormill.schemas.VectormillException;

/**
 * How DEC and IDEC train. None of it is chosen by looking at labels.
 *
 * @param epochs of pretraining, at least 1
 * @param pretraining how they run
 * @param steps how clustering runs
 * @param interval steps between two refreshes of the target distribution, at least 1
 * @param maxRefreshes most of these
 * @param tolerance training ends when a smaller share of the rows changed its cluster between two
 *     refreshes; the paper's is .001
 */
public record DeepOptions(
    int epochs,
    Pretraining pretraining,
    ClusteringSteps steps,
    int interval,
    int maxRefreshes,
    double tolerance,
    long seed) {
  public DeepOptions {
    require(epochs >= 1, "--epochs", epochs, "at least 1");
    require(interval >= 1, "--interval", interval, "at least 1");
    require(maxRefreshes >= 1, "--max-refreshes", maxRefreshes, "at least 1");
    require(tolerance >= 0 && tolerance < 1, "--tolerance", tolerance, "from 0 to below 1");
  }

  private static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage(option + " must be " + rule + ", got " + value);
    }
  }
}
