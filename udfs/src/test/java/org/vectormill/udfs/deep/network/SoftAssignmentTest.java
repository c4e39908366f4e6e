package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

final class SoftAssignmentTest {
  private static final float[] CODES = {0, 0, 3, 4, 1, 0};
  private static final float[] CENTROIDS = {0, 0, 0, 4};

  /** By hand: 1 / (1 + d^2) with d^2 of (0, 16), (25, 9), (1, 17), rows scaled to 1. */
  @Test
  void isStudentsKernelOfTheDistances() {
    double[][] kernel = {{1, 1 / 17.0}, {1 / 26.0, 1 / 10.0}, {1 / 2.0, 1 / 18.0}};
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      float[] q =
          SoftAssignment.q(
                  manager.create(CODES, new Shape(3, 2)),
                  manager.create(CENTROIDS, new Shape(2, 2)))
              .toFloatArray();
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) {
          assertEquals(kernel[i][j] / (kernel[i][0] + kernel[i][1]), q[2 * i + j], 1e-6);
        }
      }
    }
  }

  /** By hand: f = (1.4, .6); q^2 / f, rows scaled to 1. */
  @Test
  void targetIsSharperAndCountsLargeClustersLess() {
    float[] q = {0.9f, 0.1f, 0.5f, 0.5f};
    double[] f = new double[2];
    SoftAssignment.addFrequencies(q, f);
    assertArrayEquals(new double[] {1.4, 0.6}, f, 1e-6);
    float[] p = SoftAssignment.target(q, f);
    double first = 0.81 / 1.4 / (0.81 / 1.4 + 0.01 / 0.6);
    double second = 0.25 / 1.4 / (0.25 / 1.4 + 0.25 / 0.6);
    assertArrayEquals(
        new float[] {(float) first, (float) (1 - first), (float) second, (float) (1 - second)},
        p,
        1e-6f);
    assertArrayEquals(new int[] {0, 1}, SoftAssignment.hard(p, 2));
  }

  /** Equation 5 of the paper: dL/dmu_j = -2 sum_i (p_ij - q_ij) (z_i - mu_j) / (1 + d^2). */
  @Test
  void gradientIsThePapers() {
    float[] p = {0.8f, 0.2f, 0.3f, 0.7f, 0.6f, 0.4f};
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray z = manager.create(CODES, new Shape(3, 2));
      NDArray mu = manager.create(CENTROIDS, new Shape(2, 2));
      mu.setRequiresGradient(true);
      float[] q = SoftAssignment.q(z, mu).toFloatArray();
      NDArray target = manager.create(p, new Shape(3, 2));
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray log = SoftAssignment.q(z, mu).log();
        collector.backward(target.mul(target.log().sub(log)).sum());
      }
      float[] gradient = mu.getGradient().toFloatArray();
      for (int j = 0; j < 2; j++) {
        for (int c = 0; c < 2; c++) {
          double expected = 0;
          for (int i = 0; i < 3; i++) {
            double x = CODES[2 * i] - CENTROIDS[2 * j];
            double y = CODES[2 * i + 1] - CENTROIDS[2 * j + 1];
            double kernel = 1 / (1 + x * x + y * y);
            expected += -2 * (p[2 * i + j] - q[2 * i + j]) * kernel * (c == 0 ? x : y);
          }
          assertEquals(expected, gradient[2 * j + c], 1e-5);
        }
      }
    }
  }
}
