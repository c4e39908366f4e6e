package org.vectormill.udfs.deep.depict;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
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
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Steps of DEPICT (Dizaji et al. 2017): images go through the encoder with noise, the decoder is to
 * make of that code what each layer made of the clean image (layers of both paths are pulled, as in
 * the authors' program), and the softmax of the noisy code is to be what the target distribution
 * says of the clean one, as the network is at that step. Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 2
 * @param learningRate above 0
 * @param dropout share of each convolution's input that is set to 0; the paper's is .1
 * @param hidden weight of the hidden layers' reconstruction beside the image's, at least 0; .1 in
 *     the authors' program
 * @param window steps over which the clusters' frequencies are taken, at least 1; more where that
 *     would be few rows a cluster
 */
public record DepictSteps(
    MatrixSpec matrices, int batch, float learningRate, float dropout, float hidden, int window)
    implements Serializable {
  private static final long NOISE = 0x5bd1e995L;

  /** Few rows are passed over so often that about this many steps come together. */
  private static final int LEAST = 100;

  public DepictSteps {
    OptionRule.require(window >= 1, "window of frequencies", window, "at least 1");
  }

  /** What one worker came to: weights and the mean loss. */
  record Trained(ConvAutoencoder weights, Moments moments, double loss) {}

  /** The same at another learning rate. */
  DepictSteps at(float rate) {
    return new DepictSteps(matrices, batch, rate, dropout, hidden, window);
  }

  /**
   * One pass over a worker's rows in random order.
   *
   * @param frequencies of the clusters over all rows of all workers; null to reconstruct only
   * @param moments of the pass before
   * @param seed of the order and the noise
   * @throws DivergedException where the loss is no number
   */
  Trained run(ConvAutoencoder start, Moments moments, Rows rows, double[] frequencies, long seed) {
    RunningFrequencies running =
        frequencies == null ? null : new RunningFrequencies(frequencies, batch, window);
    int[] order = RowOrder.shuffled(rows.count(), seed);
    return TrainingTurn.take(() -> trained(start, moments, rows, order, running, null, seed));
  }

  /**
   * One pass, of few rows several, in which the softmax of the noisy code is trained to be what is
   * given.
   *
   * @param target probabilities of the clusters for each row
   * @throws DivergedException where the loss is no number
   */
  Trained follow(ConvAutoencoder start, Rows rows, Rows target, long seed) {
    int[] order = RowOrder.shuffled(rows.count(), seed);
    int steps = (order.length + batch - 1) / batch;
    int[] often = RowOrder.batch(order, 0, order.length * Math.max(1, LEAST / steps));
    return TrainingTurn.take(() -> trained(start, Moments.NONE, rows, often, null, target, seed));
  }

  private Trained trained(
      ConvAutoencoder start,
      Moments moments,
      Rows rows,
      int[] order,
      RunningFrequencies running,
      Rows target,
      long seed) {
    Dropout noise = new Dropout(dropout, new SplittableRandom(seed ^ NOISE));
    String phase = running == null && target == null ? "pretraining" : "clustering";
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
                  if (target != null) {
                    given.add(target.gather(scratch, order, first, to, 1));
                  }
                  return given;
                },
                given -> loss(network, given, noise, running));
        DivergedException.check(loss, phase, from / batch);
        sum += (double) loss * (to - from);
      }
      DivergedException.check(network, phase, (order.length - 1) / batch);
      return new Trained(network.weights(), adam.moments(), sum / order.length);
    }
  }

  private NDArray loss(
      TrainedConv network, NDList given, Dropout noise, RunningFrequencies running) {
    NDArray images = given.get(0);
    List<NDArray> clean = network.encode(images, null);
    List<NDArray> noisy = network.encode(images, noise);
    NDArray code = noisy.get(noisy.size() - 1);
    List<NDArray> decoded = network.decode(code);
    NDArray loss = null;
    for (int layer = 0; layer < decoded.size(); layer++) {
      NDArray one = decoded.get(layer).sub(clean.get(layer)).square().mean();
      loss = loss == null ? one : loss.add(Constant.times(one, hidden));
    }
    if (running == null && given.size() == 1) {
      return loss;
    }
    NDArray target =
        running == null
            ? given.get(1)
            : target(network.logits(clean.get(clean.size() - 1)).softmax(1), running);
    NDArray entropy = target.mul(network.logits(code).logSoftmax(1)).sum(new int[] {1}).mean();
    return loss.sub(entropy);
  }

  /**
   * The target distribution, which isn't trained: {@code p_ij} is proportional to {@code q_ij^2 /
   * f_j}.
   *
   * @param q probabilities of the clean images, shape (n, k)
   */
  private static NDArray target(NDArray q, RunningFrequencies running) {
    NDArray still = q.stopGradient();
    float[] f = running.after(still.mean(new int[] {0}).toFloatArray());
    NDArray sharp = still.square().div(Matrices.create(q.getManager(), f, new Shape(f.length)));
    return sharp.div(sharp.sum(new int[] {1}, true));
  }
}
