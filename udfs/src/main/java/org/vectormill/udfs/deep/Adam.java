package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;

/** Adam (Kingma and Ba, A Method for Stochastic Optimization, 2015), with the paper's constants. */
final class Adam implements Descent {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float learningRate;
  private final Map<Integer, Moments> moments = new HashMap<>();

  Adam(float learningRate) {
    this.learningRate = learningRate;
  }

  /** Running means of an array's gradient and of its square. */
  private static final class Moments {
    private final NDArray mean;
    private final NDArray variance;
    private int steps;

    Moments(NDArray array) {
      this.mean = array.zerosLike();
      this.variance = array.zerosLike();
    }
  }

  @Override
  public void update(int number, NDArray array, NDArray gradient) {
    Moments of = moments.computeIfAbsent(number, none -> new Moments(array));
    of.steps++;
    double corrected =
        learningRate * Math.sqrt(1 - Math.pow(BETA_2, of.steps)) / (1 - Math.pow(BETA_1, of.steps));
    JniUtils.adamUpdate(
        (PtNDArray) array,
        (PtNDArray) gradient,
        (PtNDArray) of.mean,
        (PtNDArray) of.variance,
        learningRate,
        (float) corrected,
        0,
        1,
        -1,
        BETA_1,
        BETA_2,
        EPSILON,
        false);
  }
}
