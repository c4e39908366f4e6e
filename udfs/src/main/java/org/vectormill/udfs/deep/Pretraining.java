package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/**
 * Learns to reconstruct rows from their codes: mean squared error, Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 1
 * @param learningRate above 0
 */
public record Pretraining(int batch, float learningRate) implements java.io.Serializable {
  /** A network and the mean loss of the epoch that made it. */
  public record Epoch(Autoencoder weights, double loss) {}

  /**
   * One epoch over a worker's rows in random order.
   *
   * @param seed of the order
   * @throws DivergedException where the loss is no number
   */
  public Epoch epoch(Autoencoder start, Rows rows, long seed) {
    return TrainingTurn.take(() -> trained(start, rows, seed));
  }

  private Epoch trained(Autoencoder start, Rows rows, long seed) {
    int[] order = RowOrder.shuffled(rows.count(), seed);
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(learningRate)).build();
    double sum = 0;
    try (TrainedNetwork network = new TrainedNetwork(start)) {
      for (int from = 0; from < order.length; from += batch) {
        int first = from;
        int to = Math.min(order.length, from + batch);
        float loss =
            network.step(
                adam,
                scratch -> {
                  NDArray x = rows.gather(scratch, order, first, to);
                  return network.decode(network.encode(x)).sub(x).square().mean();
                });
        DivergedException.check(loss, "pretraining", from / batch);
        sum += (double) loss * (to - from);
      }
      return new Epoch(network.weights(), sum / order.length);
    }
  }
}
