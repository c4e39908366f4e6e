package org.vectormill.udfs.deep.nat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Arrays;
import org.vectormill.udfs.agreement.LinearAssignment;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SphereEncoder;
import org.vectormill.udfs.deep.network.TrainedLayers;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.Adam;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Steps of Noise as Targets (Bojanowski and Joulin, Unsupervised Learning by Predicting Noise,
 * 2017): codes of unit length are drawn to points that were drawn at random on the sphere, a point
 * of its own for each row. Rows of a batch exchange their points where that brings them nearer: of
 * all ways to give the batch's points to its rows the one of least squared distance (Kuhn's
 * Hungarian method). Adam (Kingma and Ba, 2015).
 *
 * @param batch rows of a step, at least 2
 * @param learningRate above 0
 */
public record NoiseSteps(MatrixSpec matrices, int batch, float learningRate)
    implements Serializable {
  /**
   * What one worker came to.
   *
   * @param loss mean squared distance of a code to its point
   */
  record Epoch(SphereEncoder weights, Moments moments, double loss) {}

  /**
   * One pass over a worker's rows in random order.
   *
   * @param moments of the pass before
   * @param targets points of the rows; their order is changed where {@code exchange} says so
   * @param seed of the order
   * @throws DivergedException where the loss is no number
   */
  Epoch run(
      SphereEncoder start,
      Moments moments,
      Rows rows,
      NoiseTargets targets,
      boolean exchange,
      long seed) {
    return TrainingTurn.take(() -> trained(start, moments, rows, targets, exchange, seed));
  }

  private Epoch trained(
      SphereEncoder start,
      Moments moments,
      Rows rows,
      NoiseTargets targets,
      boolean exchange,
      long seed) {
    int[] order = RowOrder.shuffled(rows.count(), seed);
    Adam adam = new Adam(learningRate, moments);
    double sum = 0;
    try (TrainedLayers layers = new TrainedLayers(start.layers(), matrices)) {
      for (int from = 0; from < order.length; from += batch) {
        int step = from / batch;
        int[] taken = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
        float loss =
            layers.step(
                adam,
                scratch -> new NDList(rows.gather(scratch, taken, 0, taken.length, start.scale())),
                given -> {
                  NDArray codes = unit(layers.through(given.get(0), 0, start.layers().size()));
                  if (exchange) {
                    exchange(finite(codes.toFloatArray(), step), taken, targets);
                  }
                  NDArray points =
                      Matrices.create(
                          given.get(0).getManager(),
                          targets.gather(taken),
                          new Shape(taken.length, targets.length()));
                  return codes.sub(points).square().sum(new int[] {1}).mean();
                });
        DivergedException.check(loss, "clustering", step);
        sum += (double) loss * taken.length;
      }
      DivergedException.check(layers, "clustering", (order.length - 1) / batch);
      return new Epoch(
          new SphereEncoder(start.scale(), layers.layers()), adam.moments(), sum / order.length);
    }
  }

  /** Codes that are no numbers are nobody's neighbours; the loss would be none either. */
  private static float[] finite(float[] codes, int step) {
    for (float value : codes) {
      DivergedException.check(value, "clustering", step);
    }
    return codes;
  }

  private static NDArray unit(NDArray values) {
    return values.div(values.square().sum(new int[] {1}, true).add(SphereEncoder.SMALLEST).sqrt());
  }

  /**
   * Gives the points of some rows to these rows anew.
   *
   * @param codes of the rows, row-major, of unit length
   */
  static void exchange(float[] codes, int[] rows, NoiseTargets targets) {
    int n = rows.length;
    int length = targets.length();
    float[] points = targets.gather(rows);
    double[][] costs = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = 0;
        for (int d = 0; d < length; d++) {
          product += (double) codes[i * length + d] * points[j * length + d];
        }
        costs[i][j] = -product;
      }
    }
    int[] matched = LinearAssignment.least(costs);
    int[] before = new int[n];
    for (int i = 0; i < n; i++) {
      before[i] = targets.of()[rows[i]];
    }
    for (int i = 0; i < n; i++) {
      targets.of()[rows[i]] = before[matched[i]];
    }
  }
}
