package org.vectormill.udfs.deep.dec;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.vectormill.udfs.deep.network.Constant;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.network.TrainedNetwork;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.MomentumDescent;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Steps of DEC (Xie et al. 2016) and IDEC (Guo et al., Improved Deep Embedded Clustering with Local
 * Structure Preservation, 2017): the Kullback-Leibler divergence from the target distribution to
 * the soft assignment is brought down, the reconstruction's loss kept beside it where asked.
 * Stochastic gradients with momentum .9.
 *
 * @param matrices where products run
 * @param batch rows of a step, at least 1
 * @param learningRate above 0
 * @param clustering weight of the divergence; 1 for DEC, IDEC's gamma (.1)
 * @param reconstruction weight of the mean squared error; 0 for DEC, 1 for IDEC
 */
public record ClusteringSteps(
    MatrixSpec matrices, int batch, float learningRate, float clustering, float reconstruction)
    implements java.io.Serializable {
  private static final float MOMENTUM = 0.9f;
  private static final float SMALLEST = 1e-12f;

  /**
   * What one worker came to.
   *
   * @param loss mean over the steps, 0 of none
   * @param rows of the steps, each as often as it was in one
   */
  public record Trained(DeepState state, Moments moments, double loss, long rows) {}

  public static ClusteringSteps dec(MatrixSpec matrices, int batch, float learningRate) {
    return new ClusteringSteps(matrices, batch, learningRate, 1, 0);
  }

  public static ClusteringSteps idec(
      MatrixSpec matrices, int batch, float learningRate, float gamma) {
    return new ClusteringSteps(matrices, batch, learningRate, gamma, 1);
  }

  /**
   * Steps of a worker from one refresh of the target distribution to the next.
   *
   * @param interval as many; 0 for one pass over its rows
   */
  int betweenRefreshes(int rows, int interval) {
    return interval == 0 ? Math.max(1, rows / batch) : interval;
  }

  /**
   * Some steps on a worker's rows, whose order begins anew where it ends.
   *
   * @param moments of the steps before
   * @param target p of each row, row-major
   * @param begin the first
   * @param end the one after the last
   * @param seed of the order
   * @throws DivergedException where the loss is no number
   */
  public Trained run(
      DeepState start, Moments moments, Rows rows, float[] target, int begin, int end, long seed) {
    return TrainingTurn.take(() -> trained(start, moments, rows, target, begin, end, seed));
  }

  private Trained trained(
      DeepState start, Moments moments, Rows rows, float[] target, int begin, int end, long seed) {
    int k = start.clusters();
    float scale = start.weights().scale();
    Rows targets = new Rows(target, k);
    int[] order = RowOrder.shuffled(rows.count(), seed);
    MomentumDescent sgd = new MomentumDescent(learningRate, MOMENTUM, moments);
    double sum = 0;
    try (TrainedNetwork network = new TrainedNetwork(start.weights(), matrices)) {
      int mu = network.add(start.centroids(), new Shape(k, start.weights().codeLength()));
      if (reconstruction == 0) {
        network.freezeDecoder();
      }
      int size = Math.min(batch, order.length);
      for (int step = begin; step < end; step++) {
        int[] taken = RowOrder.batch(order, step, size);
        float loss =
            network.step(
                sgd,
                scratch ->
                    new NDList(
                        rows.gather(scratch, taken, 0, size, scale),
                        targets.gather(scratch, taken, 0, size, 1)),
                batch -> loss(network, network.parameter(mu), batch.get(0), batch.get(1)));
        DivergedException.check(loss, "clustering", step);
        sum += loss;
      }
      DivergedException.check(network, "clustering", end - 1);
      return new Trained(
          new DeepState(network.weights(), network.parameter(mu).toFloatArray()),
          sgd.moments(),
          begin == end ? 0 : sum / (end - begin),
          (long) (end - begin) * size);
    }
  }

  private NDArray loss(TrainedNetwork network, NDArray mu, NDArray x, NDArray p) {
    NDArray code = network.encode(x);
    NDArray q = Constant.atLeast(SoftAssignment.q(code, mu), SMALLEST);
    NDArray divergence =
        Constant.times(
            p.mul(Constant.atLeast(p, SMALLEST).log().sub(q.log())).sum(new int[] {1}).mean(),
            clustering);
    return reconstruction == 0
        ? divergence
        : divergence.add(
            Constant.times(network.decode(code).sub(x).square().mean(), reconstruction));
  }
}
