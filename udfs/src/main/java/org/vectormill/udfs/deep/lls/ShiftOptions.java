package org.vectormill.udfs.deep.lls;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * How classes under latent label shift are found. None of it is chosen by looking at labels.
 *
 * @param k number of classes, 2 to 1,000
 * @param widths of the discriminator's hidden layers; none for a linear one
 * @param epochs of the discriminator at most, at least 1
 * @param pieces into which codes are cut, from k to 10,000; the paper has about three times k
 * @param restarts of the k-means that cuts them and of the factorisation, at least 1
 * @param steps how an epoch runs
 */
public record ShiftOptions(
    int k, List<Integer> widths, int epochs, int pieces, int restarts, DomainSteps steps, long seed)
    implements Serializable {
  public ShiftOptions {
    widths = List.copyOf(widths);
    OptionRule.require(k >= 2 && k <= 1_000, "--k", k, "from 2 to 1000");
    OptionRule.requireHiddenWidths(widths);
    OptionRule.require(epochs >= 1, "--epochs", epochs, "at least 1");
    OptionRule.require(
        pieces >= k && pieces <= 10_000, "--pieces", pieces, "from --k, " + k + ", to 10000");
    OptionRule.require(restarts >= 1, "--restarts", restarts, "at least 1");
    OptionRule.require(steps.batch() >= 2, "--batch", steps.batch(), "at least 2");
    OptionRule.requireRate("--learning-rate", steps.learningRate());
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }
}
