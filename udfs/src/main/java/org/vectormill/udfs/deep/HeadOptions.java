package org.vectormill.udfs.deep;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * How heads of I-Con are trained. None of it is chosen by looking at labels.
 *
 * @param k number of clusters, at least 2
 * @param heads trained side by side, at least 1; the one of least loss is taken
 * @param metric by which rows are neighbours
 * @param neighbours of a row that it is paired with, at least 1
 * @param steps how a round runs
 * @param rounds after each of which workers' weights are averaged, at least 1
 */
public record HeadOptions(
    int k, int heads, Metric metric, int neighbours, HeadSteps steps, int rounds, long seed)
    implements Serializable {
  public HeadOptions {
    require(k >= 2, "--k", k, "at least 2");
    require(heads >= 1 && heads <= 1000, "--heads", heads, "from 1 to 1000");
    require(neighbours >= 1, "--neighbours", neighbours, "at least 1");
    require(rounds >= 1, "--epochs", rounds, "at least 1");
    require(steps.batch() >= 2, "--batch", steps.batch(), "at least 2");
    float rate = steps.learningRate();
    require(rate > 0 && Float.isFinite(rate), "--learning-rate", rate, "above 0");
    float debias = steps.debias();
    require(debias >= 0 && debias < 1, "--debias", debias, "from 0 to below 1");
  }

  private static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage(option + " must be " + rule + ", got " + value);
    }
  }

  /** The same with another number of clusters. */
  public HeadOptions withK(int other) {
    return new HeadOptions(other, heads, metric, neighbours, steps, rounds, seed);
  }

  /** The same for rows of another metric. */
  public HeadOptions withMetric(Metric other) {
    return new HeadOptions(k, heads, other, neighbours, steps, rounds, seed);
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }
}
