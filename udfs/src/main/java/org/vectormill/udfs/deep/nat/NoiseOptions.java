package org.vectormill.udfs.deep.nat;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * How Noise as Targets trains. None of it is chosen by looking at labels.
 *
 * @param k number of clusters, at least 2
 * @param widths of the hidden layers and of the code
 * @param epochs at least 1
 * @param interval epochs from one exchange of points to the next, at least 1
 * @param restarts of the k-means of codes that ends it, at least 1
 * @param steps how an epoch runs
 */
public record NoiseOptions(
    int k,
    List<Integer> widths,
    int epochs,
    int interval,
    int restarts,
    NoiseSteps steps,
    long seed)
    implements Serializable {
  public NoiseOptions {
    widths = List.copyOf(widths);
    OptionRule.require(k >= 2, "--k", k, "at least 2");
    OptionRule.requireWidths(widths);
    OptionRule.require(
        widths.get(widths.size() - 1) >= 2, "--layers", widths, "codes of at least 2 values");
    OptionRule.require(epochs >= 1, "--epochs", epochs, "at least 1");
    OptionRule.require(interval >= 1, "--interval", interval, "at least 1");
    OptionRule.require(restarts >= 1, "--restarts", restarts, "at least 1");
    OptionRule.require(
        steps.batch() >= 2 && steps.batch() <= 4096, "--batch", steps.batch(), "from 2 to 4096");
    OptionRule.requireRate("--learning-rate", steps.learningRate());
  }

  /** The same with another number of clusters. */
  public NoiseOptions withK(int other) {
    return new NoiseOptions(other, widths, epochs, interval, restarts, steps, seed);
  }

  int[] allWidths(int input) {
    return IntStream.concat(IntStream.of(input), widths.stream().mapToInt(Integer::intValue))
        .toArray();
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }
}
