package org.vectormill.udfs.deep.icon;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * How heads of I-Con are trained. None of it is chosen by looking at labels.
 *
 * @param k number of clusters, at least 2
 * @param widths of hidden layers that the heads share; empty for linear heads
 * @param heads trained side by side, at least 1; the one of least loss is taken
 * @param neighbours of a row that it is paired with, at least 1
 * @param steps how a round runs
 * @param rounds after each of which workers' weights are averaged, at least 1
 */
public record HeadOptions(
    int k, List<Integer> widths, int heads, int neighbours, HeadSteps steps, int rounds, long seed)
    implements Serializable {
  public HeadOptions {
    widths = List.copyOf(widths);
    OptionRule.requireHiddenWidths(widths);
    OptionRule.require(k >= 2, "--k", k, "at least 2");
    OptionRule.require(heads >= 1 && heads <= 1000, "--heads", heads, "from 1 to 1000");
    OptionRule.require(neighbours >= 1, "--neighbours", neighbours, "at least 1");
    OptionRule.require(rounds >= 1, "--epochs", rounds, "at least 1");
    OptionRule.require(steps.batch() >= 2, "--batch", steps.batch(), "at least 2");
    OptionRule.requireRate("--learning-rate", steps.learningRate());
    float debias = steps.debias();
    OptionRule.require(debias >= 0 && debias < 1, "--debias", debias, "from 0 to below 1");
    int walk = steps.walk();
    OptionRule.require(walk >= 1 && walk <= 1000, "--walk", walk, "from 1 to 1000");
  }

  /** The same with another number of clusters. */
  public HeadOptions withK(int other) {
    return new HeadOptions(other, widths, heads, neighbours, steps, rounds, seed);
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }
}
