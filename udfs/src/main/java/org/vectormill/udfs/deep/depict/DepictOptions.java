package org.vectormill.udfs.deep.depict;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * How DEPICT trains. Training looks at no labels.
 *
 * @param k number of clusters, at least 2
 * @param filters channels of each convolution; the paper's are 50, 50
 * @param codeLength the paper's is 10
 * @param epochs of pretraining, at least 1
 * @param restarts of the k-means of codes that clustering starts from
 * @param heads on the codes of neighbours, which clustering starts from in place of k-means; empty
 *     for k-means
 * @param steps how the first epoch of pretraining runs
 * @param schedule of the learning rate of the epochs after it
 * @param clusteringRate learning rate of clustering, above 0; the paper's is 0.0001
 * @param maxRefreshes most looks at all rows, with a pass of clustering between two, at least 1
 * @param tolerance training ends when a smaller share of the rows changed its cluster in a pass
 */
public record DepictOptions(
    int k,
    List<Integer> filters,
    int codeLength,
    int epochs,
    int restarts,
    Optional<HeadOptions> heads,
    DepictSteps steps,
    RateSchedule schedule,
    float clusteringRate,
    int maxRefreshes,
    double tolerance,
    long seed)
    implements Serializable {
  public DepictOptions {
    filters = List.copyOf(filters);
    OptionRule.require(k >= 2, "--k", k, "at least 2");
    OptionRule.require(
        !filters.isEmpty() && filters.stream().allMatch(n -> n >= 1 && n <= 4096),
        "--filters",
        filters,
        "channels from 1 to 4096");
    OptionRule.require(
        codeLength >= 1 && codeLength <= 1 << 16, "--layers", codeLength, "from 1 to 65536");
    OptionRule.require(epochs >= 1, "--epochs", epochs, "at least 1");
    OptionRule.require(restarts >= 1, "--restarts", restarts, "at least 1");
    OptionRule.require(maxRefreshes >= 1, "--max-refreshes", maxRefreshes, "at least 1");
    OptionRule.require(
        tolerance >= 0 && tolerance < 1, "--tolerance", tolerance, "from 0 to below 1");
    OptionRule.require(steps.batch() >= 2, "--batch", steps.batch(), "at least 2");
    OptionRule.requireRate("--learning-rate", steps.learningRate());
    OptionRule.requireRate("--clustering-rate", clusteringRate);
    float dropout = steps.dropout();
    OptionRule.require(dropout >= 0 && dropout < 1, "--dropout", dropout, "from 0 to below 1");
  }

  /** The same with another number of clusters. */
  public DepictOptions withK(int other) {
    return new DepictOptions(
        other,
        filters,
        codeLength,
        epochs,
        restarts,
        heads.map(one -> one.withK(other)),
        steps,
        schedule,
        clusteringRate,
        maxRefreshes,
        tolerance,
        seed);
  }

  /**
   * How an epoch of pretraining runs.
   *
   * @param epoch from 0
   */
  DepictSteps pretrainingSteps(int epoch) {
    return steps.at(schedule.rate(steps.learningRate(), epoch, epochs));
  }

  /** How a pass of clustering runs. */
  DepictSteps clusteringSteps() {
    return steps.at(clusteringRate);
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }
}
