package org.vectormill.udfs.deep.dec;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Dropout;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.TrainedNetwork;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.Adam;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Learns to reconstruct rows from their codes: mean squared error, Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 1
 * @param learningRate of the first epoch, above 0
 * @param schedule of the epochs after it; of a layer that is trained on its own, over its epochs
 * @param dropout share of a layer's inputs, and of its outputs, that are set to 0 while that layer
 *     is trained on its own (Vincent et al., Stacked Denoising Autoencoders, 2010; the share is DEC
 *     's .2)
 */
public record Pretraining(
    MatrixSpec matrices, int batch, float learningRate, RateSchedule schedule, float dropout)
    implements java.io.Serializable {
  private static final long NOISE = 0x5bd1e995L;

  /**
   * What steps came to.
   *
   * @param loss mean over the rows of the steps, 0 of none
   * @param rows of the steps
   */
  public record Epoch(Autoencoder weights, Moments moments, double loss, long rows) {}

  private record Sum(double loss, long rows) {
    double mean() {
      return rows == 0 ? 0 : loss / rows;
    }
  }

  /**
   * The same at the rate of an epoch.
   *
   * @param epoch from 0
   * @param epochs in all, above {@code epoch}
   */
  Pretraining at(int epoch, int epochs) {
    float rate = schedule.rate(learningRate, epoch, epochs);
    return new Pretraining(matrices, batch, rate, RateSchedule.CONSTANT, dropout);
  }

  /**
   * An epoch of all layers over a worker's rows in random order, or a part of one.
   *
   * @param moments of the epoch or part before
   * @param part from 0, below {@code parts}
   * @param seed of the order
   * @throws DivergedException where the loss is no number
   */
  public Epoch epoch(
      Autoencoder start, Moments moments, Rows rows, int part, int parts, long seed) {
    return TrainingTurn.take(
        () -> {
          try (TrainedNetwork network = new TrainedNetwork(start, matrices)) {
            Adam adam = new Adam(learningRate, moments);
            Sum sum =
                steps(
                    network,
                    adam,
                    rows,
                    part,
                    parts,
                    seed,
                    start.scale(),
                    x -> x,
                    x -> network.decode(network.encode(x)).sub(x).square().mean());
            return new Epoch(network.weights(), adam.moments(), sum.mean(), sum.rows());
          }
        });
  }

  /**
   * An epoch, or a part of one, of one layer of the encoder and the one of the decoder that undoes
   * it, on what the layers before make of the rows.
   *
   * @param layer from 0
   */
  public Epoch layerEpoch(
      Autoencoder start, Moments moments, int layer, Rows rows, int part, int parts, long seed) {
    return TrainingTurn.take(
        () -> {
          Dropout noise = new Dropout(dropout, new SplittableRandom((seed ^ NOISE) + part));
          try (TrainedNetwork before = new TrainedNetwork(start, matrices);
              TrainedNetwork pair = new TrainedNetwork(start.pair(layer), matrices)) {
            Adam adam = new Adam(learningRate, moments);
            Sum sum =
                steps(
                    pair,
                    adam,
                    rows,
                    part,
                    parts,
                    seed,
                    start.scale(),
                    x -> before.inputOf(layer, x),
                    x -> pair.decode(noise.of(pair.encode(noise.of(x)))).sub(x).square().mean());
            return new Epoch(
                start.withPair(layer, pair.weights()), adam.moments(), sum.mean(), sum.rows());
          }
        });
  }

  /** Steps of an epoch over a worker's rows. */
  int steps(int rows) {
    return (rows + batch - 1) / batch;
  }

  private Sum steps(
      TrainedNetwork network,
      Adam adam,
      Rows rows,
      int part,
      int parts,
      long seed,
      float scale,
      UnaryOperator<NDArray> input,
      UnaryOperator<NDArray> loss) {
    int[] order = RowOrder.shuffled(rows.count(), seed);
    int steps = steps(order.length);
    int begin = RowOrder.begin(steps, part, parts);
    int end = RowOrder.begin(steps, part + 1, parts);
    double sum = 0;
    int count = 0;
    for (int step = begin; step < end; step++) {
      int from = step * batch;
      int to = Math.min(order.length, from + batch);
      float found =
          network.step(
              adam,
              scratch -> new NDList(input.apply(rows.gather(scratch, order, from, to, scale))),
              given -> loss.apply(given.get(0)));
      DivergedException.check(found, "pretraining", step);
      sum += (double) found * (to - from);
      count += to - from;
    }
    DivergedException.check(network, "pretraining", end - 1);
    return new Sum(sum, count);
  }
}
