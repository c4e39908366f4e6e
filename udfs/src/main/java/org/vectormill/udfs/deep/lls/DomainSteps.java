package org.vectormill.udfs.deep.lls;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.network.LatentShift;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.RowEncoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.TrainedLayers;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.Adam;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Learns to say from which domain a row is: cross entropy, Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 2
 * @param learningRate above 0
 */
public record DomainSteps(MatrixSpec matrices, int batch, float learningRate)
    implements Serializable {
  /** Layers, the optimizer's moments, and the mean loss of the epoch that made them. */
  record Epoch(List<Layer> layers, Moments moments, double loss) {}

  /**
   * What held-out rows say.
   *
   * @param rows of each domain
   * @param loss sum of theirs
   */
  record HeldOut(long[] rows, double loss) implements Serializable {}

  /**
   * One pass in random order over those rows of a worker that aren't held out.
   *
   * @param moments of the pass before
   * @param seed of the order
   * @throws DivergedException where the loss is no number
   */
  Epoch run(List<Layer> start, Moments moments, float scale, DomainRows own, long seed) {
    return TrainingTurn.take(() -> trained(start, moments, scale, own, seed));
  }

  private Epoch trained(
      List<Layer> start, Moments moments, float scale, DomainRows own, long seed) {
    int[] order = RowOrder.shuffled(own.heldOutFrom(), seed);
    int domains = start.get(start.size() - 1).outputs();
    Adam adam = new Adam(learningRate, moments);
    double sum = 0;
    try (TrainedLayers layers = new TrainedLayers(start, matrices)) {
      for (int from = 0; from < order.length; from += batch) {
        int first = from;
        int to = Math.min(order.length, from + batch);
        float loss =
            layers.step(
                adam,
                scratch ->
                    new NDList(
                        own.rows().gather(scratch, order, first, to, scale),
                        Matrices.create(
                            scratch,
                            oneOfEach(own.domains(), order, first, to, domains),
                            new Shape(to - first, domains))),
                given ->
                    layers
                        .through(given.get(0), 0, start.size())
                        .logSoftmax(1)
                        .mul(given.get(1))
                        .sum(new int[] {1})
                        .mean()
                        .neg());
        DivergedException.check(loss, "domains", from / batch);
        sum += (double) loss * (to - from);
      }
      DivergedException.check(layers, "domains", (order.length - 1) / batch);
      return new Epoch(layers.layers(), adam.moments(), sum / Math.max(1, order.length));
    }
  }

  private static float[] oneOfEach(int[] of, int[] order, int from, int to, int domains) {
    float[] values = new float[(to - from) * domains];
    for (int i = from; i < to; i++) {
      values[(i - from) * domains + of[order[i]]] = 1;
    }
    return values;
  }

  /** What a worker's held-out rows say of a network. */
  HeldOut heldOut(List<Layer> layers, float scale, DomainRows own) {
    int width = own.rows().width();
    int from = own.heldOutFrom();
    int count = own.rows().count() - from;
    float[] values = new float[count * width];
    System.arraycopy(own.rows().values(), from * width, values, 0, values.length);
    float[] p =
        TrainingTurn.take(
            () -> {
              try (RowEncoder network =
                  new LatentShift(scale, layers, new float[0]).encoder(matrices)) {
                return network.encode(new Rows(values, width));
              }
            });
    int domains = layers.get(layers.size() - 1).outputs();
    double loss = 0;
    long[] rows = new long[domains];
    for (int i = 0; i < count; i++) {
      rows[own.domains()[from + i]]++;
      float told = p[i * domains + own.domains()[from + i]];
      loss -= Math.log(Math.max(told, Float.MIN_NORMAL));
    }
    return new HeldOut(rows, loss);
  }
}
