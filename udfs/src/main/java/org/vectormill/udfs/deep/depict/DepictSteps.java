package org.vectormill.udfs.deep.depict;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import org.vectormill.udfs.deep.network.Constant;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.network.Dropout;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.TrainedConv;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.Adam;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Steps of DEPICT (Dizaji et al. 2017): images go through the encoder with noise, the decoder is to
 * make of that code what each layer made of the clean image (layers of both paths are pulled, as in
 * the authors' program), and the softmax of the noisy code is to be what the target distribution
 * says of the clean one. Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 2
 * @param learningRate above 0
 * @param dropout share of each convolution's input that is set to 0; the paper's is .1
 * @param hidden weight of the hidden layers' reconstruction beside the image's, at least 0; .1 in
 *     the authors' program
 */
public record DepictSteps(
    MatrixSpec matrices, int batch, float learningRate, float dropout, float hidden)
    implements Serializable {
  private static final long NOISE = 0x5bd1e995L;

  /** What one worker came to: weights and the mean loss. */
  record Trained(ConvAutoencoder weights, Moments moments, double loss) {}

  /** The same at another learning rate. */
  DepictSteps at(float rate) {
    return new DepictSteps(matrices, batch, rate, dropout, hidden);
  }

  /**
   * One pass over a worker's rows in random order.
   *
   * @param target probabilities of clusters for each row, row-major; null to reconstruct only
   * @param moments of the pass before
   * @param seed of the order and the noise
   * @throws DivergedException where the loss is no number
   */
  Trained run(ConvAutoencoder start, Moments moments, Rows rows, float[] target, long seed) {
    return TrainingTurn.take(() -> trained(start, moments, rows, target, seed));
  }

  private Trained trained(
      ConvAutoencoder start, Moments moments, Rows rows, float[] target, long seed) {
    Dropout noise = new Dropout(dropout, new SplittableRandom(seed ^ NOISE));
    Rows targets = target == null ? null : new Rows(target, start.clusters());
    int[] order = RowOrder.shuffled(rows.count(), seed);
    Adam adam = new Adam(learningRate, moments);
    double sum = 0;
    try (TrainedConv network = new TrainedConv(start, matrices)) {
      for (int from = 0; from < order.length; from += batch) {
        int first = from;
        int to = Math.min(order.length, from + batch);
        float loss =
            network.step(
                adam,
                scratch -> {
                  NDList given =
                      new NDList(rows.gather(scratch, order, first, to, ConvAutoencoder.SCALE));
                  if (targets != null) {
                    given.add(targets.gather(scratch, order, first, to, 1));
                  }
                  return given;
                },
                given -> loss(network, given, noise));
        DivergedException.check(loss, target == null ? "pretraining" : "clustering", from / batch);
        sum += (double) loss * (to - from);
      }
      DivergedException.check(
          network, target == null ? "pretraining" : "clustering", (order.length - 1) / batch);
      return new Trained(network.weights(), adam.moments(), sum / order.length);
    }
  }

  private NDArray loss(TrainedConv network, NDList given, Dropout noise) {
    List<NDArray> clean = network.encode(given.get(0), null);
    List<NDArray> noisy = network.encode(given.get(0), noise);
    NDArray code = noisy.get(noisy.size() - 1);
    List<NDArray> decoded = network.decode(code);
    NDArray loss = null;
    for (int layer = 0; layer < decoded.size(); layer++) {
      NDArray one = decoded.get(layer).sub(clean.get(layer)).square().mean();
      loss = loss == null ? one : loss.add(Constant.times(one, hidden));
    }
    if (given.size() > 1) {
      NDArray entropy =
          given.get(1).mul(network.logits(code).logSoftmax(1)).sum(new int[] {1}).mean().neg();
      loss = loss.add(entropy);
    }
    return loss;
  }
}
