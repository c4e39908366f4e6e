package org.vectormill.udfs.deep.dec;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * How DEC and IDEC train. None of it is chosen by looking at labels.
 *
 * @param k number of clusters, at least 2
 * @param widths of the hidden layers and the code; the paper's are 500, 500, 2000, 10
 * @param layerEpochs epochs of each layer on its own before all are trained together; 0 for none
 * @param epochs of pretraining of all layers together, at least 0
 * @param pretraining how they run
 * @param restarts of the k-means of codes that clustering starts from; the paper has 20
 * @param steps how clustering runs
 * @param interval steps of a worker between two refreshes of the target distribution; 0 for one
 *     pass over its rows
 * @param averages how often the workers' weights are averaged
 * @param maxRefreshes most of these, at least 1
 * @param tolerance training ends when a smaller share of the rows changed its cluster between two
 *     refreshes; the paper's is .001
 */
public record DeepOptions(
    int k,
    List<Integer> widths,
    int layerEpochs,
    int epochs,
    Pretraining pretraining,
    int restarts,
    ClusteringSteps steps,
    int interval,
    Averages averages,
    int maxRefreshes,
    double tolerance,
    long seed)
    implements Serializable {
  public DeepOptions {
    widths = List.copyOf(widths);
    OptionRule.require(k >= 2, "--k", k, "at least 2");
    OptionRule.requireWidths(widths);
    OptionRule.require(layerEpochs >= 0, "--layer-epochs", layerEpochs, "at least 0");
    OptionRule.require(epochs >= 0, "--epochs", epochs, "at least 0");
    OptionRule.require(restarts >= 1, "--restarts", restarts, "at least 1");
    OptionRule.require(
        interval >= 0, "--interval", interval, "at least 1, or 0 for a pass over the rows");
    OptionRule.require(maxRefreshes >= 1, "--max-refreshes", maxRefreshes, "at least 1");
    OptionRule.require(
        tolerance >= 0 && tolerance < 1, "--tolerance", tolerance, "from 0 to below 1");
    OptionRule.require(pretraining.batch() >= 2, "--batch", pretraining.batch(), "at least 2");
    OptionRule.requireRate("--learning-rate", pretraining.learningRate());
    OptionRule.requireRate("--clustering-rate", steps.learningRate());
    OptionRule.require(
        pretraining.dropout() >= 0 && pretraining.dropout() < 1,
        "--dropout",
        pretraining.dropout(),
        "from 0 to below 1");
    OptionRule.require(
        steps.clustering() > 0 && Float.isFinite(steps.clustering()),
        "--gamma",
        steps.clustering(),
        "above 0");
  }

  /** The same with another number of clusters. */
  public DeepOptions withK(int other) {
    return new DeepOptions(
        other,
        widths,
        layerEpochs,
        epochs,
        pretraining,
        restarts,
        steps,
        interval,
        averages,
        maxRefreshes,
        tolerance,
        seed);
  }

  /** Where products run. */
  public MatrixSpec matrices() {
    return steps.matrices();
  }

  /** Epochs before clustering begins. */
  public int allEpochs() {
    return layerEpochs * widths.size() + epochs;
  }

  /** Widths of all layers, from the input to the code. */
  public int[] allWidths(int input) {
    int[] all = new int[widths.size() + 1];
    all[0] = input;
    for (int i = 0; i < widths.size(); i++) {
      all[i + 1] = widths.get(i);
    }
    return all;
  }
}
