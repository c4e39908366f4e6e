package org.vectormill.udfs.deep.icon;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import org.vectormill.udfs.deep.network.Constant;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.TrainedLayers;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.Adam;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Steps of debiased InfoNCE clustering (Alshammari et al., I-Con: A Unifying Framework for
 * Representation Learning, 2025) on pairs of a row i and one of its nearest neighbours, or one that
 * is some steps from neighbour to neighbour away. A head says how probable clusters are, {@code
 * phi_i}; j follows i where it is drawn from i's cluster: {@code q(j|i) = sum_c phi_i(c) phi_j(c) /
 * sum_l phi_l(c)}. The cross entropy to it from {@code p(j|i)}, which is all on the neighbour, is
 * brought down, over the neighbours that are in the batch. For a share {@code alpha} of both, j is
 * any row: pairs that only look like strangers pull less, and no cluster becomes certain too early.
 * Adam (Kingma and Ba, 2015).
 *
 * @param batch pairs of a step, at least 2
 * @param learningRate above 0
 * @param debias alpha, from 0 to below 1
 * @param walk most steps, from neighbour to neighbour, to the row that a row is paired with, at
 *     least 1: how many is drawn for each pair, all numbers alike
 */
public record HeadSteps(MatrixSpec matrices, int batch, float learningRate, float debias, int walk)
    implements Serializable {
  private static final float SMALLEST = 1e-12f;

  /** Fewer steps than these are no round: a pass over few rows would be one of a step or two. */
  private static final int LEAST = 100;

  /**
   * What one worker came to.
   *
   * @param layers the hidden ones, and the heads side by side in the last
   * @param losses of each head, means over the steps
   */
  public record Round(List<Layer> layers, Moments moments, double[] losses)
      implements Serializable {}

  /**
   * One pass over a worker's rows, or more where it is short.
   *
   * @param start layers from the vector to {@code k} values a head
   * @param moments of the round before
   * @param seed of the order and of the neighbours
   * @throws DivergedException where a loss is no number
   */
  Round run(List<Layer> start, Moments moments, int k, float scale, PairedRows own, long seed) {
    return TrainingTurn.take(() -> trained(start, moments, k, scale, own, seed));
  }

  private Round trained(
      List<Layer> start, Moments moments, int k, float scale, PairedRows own, long seed) {
    Rows rows = own.rows();
    int heads = start.get(start.size() - 1).outputs() / k;
    int size = Math.min(batch, rows.count());
    int steps = Math.max(LEAST, rows.count() / size);
    int[] order = RowOrder.shuffled(rows.count(), seed);
    SplittableRandom random = new SplittableRandom(seed + 1);
    Adam adam = new Adam(learningRate, moments);
    double[] sums = new double[heads];
    try (TrainedLayers layers = new TrainedLayers(start, matrices)) {
      for (int step = 0; step < steps; step++) {
        int[] anchors = RowOrder.batch(order, step, size);
        int[] partners = partners(anchors, own, random);
        float loss =
            layers.step(
                adam,
                scratch ->
                    new NDList(
                        rows.gather(scratch, anchors, 0, size, scale),
                        rows.gather(scratch, partners, 0, size, scale)),
                pair -> loss(layers, start.size(), pair, heads, k, sums));
        DivergedException.check(loss, "clustering", step);
      }
      DivergedException.check(layers, "clustering", steps - 1);
      for (int head = 0; head < heads; head++) {
        sums[head] /= steps;
      }
      return new Round(layers.layers(), adam.moments(), sums);
    }
  }

  /** Where random walks from the anchors end. */
  int[] partners(int[] anchors, PairedRows own, SplittableRandom random) {
    int each = own.each();
    int[] partners = anchors.clone();
    for (int i = 0; each > 0 && i < partners.length; i++) {
      for (int left = walk == 1 ? 1 : 1 + random.nextInt(walk); left > 0; left--) {
        partners[i] = own.neighbours()[partners[i] * each + random.nextInt(each)];
      }
    }
    return partners;
  }

  private NDArray loss(
      TrainedLayers layers, int depth, NDList pair, int heads, int k, double[] sums) {
    NDArray anchors = probabilities(layers, depth, pair.get(0), heads, k);
    NDArray partners = probabilities(layers, depth, pair.get(1), heads, k);
    NDArray losses = losses(anchors, partners);
    float[] values = losses.toFloatArray();
    for (int head = 0; head < heads; head++) {
      sums[head] += values[head];
    }
    return losses.sum();
  }

  /**
   * Each head's loss.
   *
   * @param anchors probabilities of the rows' clusters, shape (heads, rows, k)
   * @param partners those of their neighbours
   * @return shape (heads)
   */
  NDArray losses(NDArray anchors, NDArray partners) {
    NDArray shares = anchors.div(Constant.atLeast(partners.sum(new int[] {1}, true), SMALLEST));
    NDArray own = shares.mul(partners).sum(new int[] {2});
    long rows = anchors.getShape().get(1);
    NDArray all = shares.matMul(partners.transpose(0, 2, 1));
    NDArray any = logMean(all.reshape(new Shape(all.getShape().get(0), rows * rows)), rows);
    return Constant.times(logMean(own, rows), debias - 1).sub(Constant.times(any, debias));
  }

  /**
   * Means over the second axis of the logarithms of q, which has its share of any row.
   *
   * @param rows of the batch
   */
  private NDArray logMean(NDArray q, long rows) {
    return Constant.atLeast(Constant.times(q, 1 - debias).add(debias / rows), SMALLEST)
        .log()
        .mean(new int[] {1});
  }

  /**
   * @return shape (heads, rows, k)
   */
  private static NDArray probabilities(
      TrainedLayers layers, int depth, NDArray x, int heads, int k) {
    return layers
        .through(x, 0, depth)
        .reshape(new Shape(x.getShape().get(0), heads, k))
        .transpose(1, 0, 2)
        .softmax(2);
  }
}
