package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearKernelsTest {
  private static final int N = 6;
  private static final int[] WIDTHS = {5, 4, 3};
  private static final boolean[] RECTIFIED = {true, false};

  private enum Kernels {
    PLAIN,
    OF_A_CPU;

    LinearKernels of(NDArray x) {
      return this == PLAIN ? LinearKernels.plain() : LinearKernels.of(x);
    }
  }

  private static float[] drawn(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Entry (i, j) of x·Wᵀ + b, rows of x and W of length d. */
  private static double entry(float[] x, float[] w, float[] b, int d, int i, int j) {
    double sum = b[j];
    for (int at = 0; at < d; at++) {
      sum += (double) x[i * d + at] * w[j * d + at];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void multipliesRows(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = drawn(37 * 19, random);
    float[] w = drawn(23 * 19, random);
    float[] b = drawn(23, random);
    try (NDManager manager = Matrices.newManager(Device.cpu(), 1)) {
      NDArray rows = Matrices.create(manager, x, new Shape(37, 19));
      NDArray weight = Matrices.create(manager, w, new Shape(23, 19));
      NDArray bias = Matrices.create(manager, b, new Shape(23));
      float[] product = kernels.of(rows).product(rows, weight, bias).toFloatArray();
      NDList largest = kernels.of(rows).largest(rows, weight, bias);
      for (int i = 0; i < 37; i++) {
        int best = 0;
        for (int j = 0; j < 23; j++) {
          assertEquals(entry(x, w, b, 19, i, j), product[i * 23 + j], 1e-4);
          best = product[i * 23 + j] > product[i * 23 + best] ? j : best;
        }
        assertEquals(best, largest.get(1).toLongArray()[i]);
        assertEquals(product[i * 23 + best], largest.get(0).toFloatArray()[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTheFirstOfEqualEntries(Kernels kernels) {
    try (NDManager manager = Matrices.newManager(Device.cpu(), 1)) {
      float[] equal = new float[64 * 2];
      for (int i = 0; i < equal.length; i++) {
        equal[i] = i / 2 % 4;
      }
      NDArray rows = Matrices.create(manager, new float[] {1, 1, -1, -1}, new Shape(2, 2));
      NDArray weight = Matrices.create(manager, equal, new Shape(64, 2));
      NDArray bias = manager.zeros(new Shape(64));
      assertArrayEquals(
          new long[] {3, 0}, kernels.of(rows).largest(rows, weight, bias).get(1).toLongArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberStaysNone(Kernels kernels) {
    try (NDManager manager = Matrices.newManager(Device.cpu(), 1)) {
      NDArray rows = Matrices.create(manager, new float[] {Float.NaN, 1}, new Shape(1, 2));
      NDArray weight = manager.ones(new Shape(2, 3));
      NDArray bias = manager.zeros(new Shape(3));
      NDList made =
          kernels.of(rows).layers(rows, List.of(weight), List.of(bias), new boolean[] {true});
      float[] none = {Float.NaN, Float.NaN, Float.NaN};
      assertArrayEquals(none, made.get(1).toFloatArray());
    }
  }

  /** Layers in double precision: the sum of what they make, each output times its factor. */
  private static double loss(float[] x, float[][] parameters, float[] factors, double[] nudge) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] + nudge(nudge, -1, i);
    }
    for (int layer = 0; layer < RECTIFIED.length; layer++) {
      int inputs = WIDTHS[layer];
      int outputs = WIDTHS[layer + 1];
      double[] next = new double[N * outputs];
      for (int at = 0; at < next.length; at++) {
        int j = at % outputs;
        double sum = parameters[2 * layer + 1][j] + nudge(nudge, 2 * layer + 1, j);
        for (int i = 0; i < inputs; i++) {
          int w = i * outputs + j;
          sum +=
              y[at / outputs * inputs + i]
                  * (parameters[2 * layer][w] + nudge(nudge, 2 * layer, w));
        }
        next[at] = RECTIFIED[layer] ? Math.max(0, sum) : sum;
      }
      y = next;
    }
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += y[i] * factors[i];
    }
    return loss;
  }

  /**
   * @param nudge array (-1 for x), place, amount
   */
  private static double nudge(double[] nudge, int array, int place) {
    return nudge[0] == array && nudge[1] == place ? nudge[2] : 0;
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfSmallDifferences(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(2);
    float[] x = drawn(N * WIDTHS[0], random);
    float[][] parameters = {
      drawn(WIDTHS[0] * WIDTHS[1], random), drawn(WIDTHS[1], random),
      drawn(WIDTHS[1] * WIDTHS[2], random), drawn(WIDTHS[2], random)
    };
    float[] factors = drawn(N * WIDTHS[2], random);
    try (NDManager manager = Matrices.newManager(Device.cpu(), 1)) {
      NDArray rows = Matrices.create(manager, x, new Shape(N, WIDTHS[0]));
      List<NDArray> weights =
          Stream.of(0, 1)
              .map(
                  i ->
                      Matrices.create(
                          manager, parameters[2 * i], new Shape(WIDTHS[i], WIDTHS[i + 1])))
              .toList();
      List<NDArray> biases =
          Stream.of(0, 1)
              .map(i -> Matrices.create(manager, parameters[2 * i + 1], new Shape(WIDTHS[i + 1])))
              .toList();
      NDList made = kernels.of(rows).layers(rows, weights, biases, RECTIFIED);
      NDArray gradient = Matrices.create(manager, factors, new Shape(N, WIDTHS[2]));
      NDList found = kernels.of(rows).gradients(gradient, made, weights, RECTIFIED, true);
      assertEquals(5, found.size());
      assertEquals(weights.get(1).getShape(), found.get(2).getShape());
      for (int array = -1; array < 4; array++) {
        float[] told = found.get(array < 0 ? 4 : array).toFloatArray();
        for (int i = 0; i < told.length; i++) {
          double step = 1e-6;
          double difference =
              loss(x, parameters, factors, new double[] {array, i, step})
                  - loss(x, parameters, factors, new double[] {array, i, -step});
          assertEquals(difference / (2 * step), told[i], 1e-4, array + " at " + i);
        }
      }
      assertEquals(4, kernels.of(rows).gradients(gradient, made, weights, RECTIFIED, false).size());
    }
  }
}
