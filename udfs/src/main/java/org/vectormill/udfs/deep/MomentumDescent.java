package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.Map;

/**
 * Gradient descent with momentum (Polyak 1964).
 *
 * @param momentum share of a step that the next one repeats, 0 to below 1
 */
record MomentumDescent(float learningRate, float momentum, Map<Integer, NDArray> steps)
    implements Descent {
  MomentumDescent(float learningRate, float momentum) {
    this(learningRate, momentum, new HashMap<>());
  }

  @Override
  public void update(int number, NDArray array, NDArray gradient) {
    NDArray step = steps.computeIfAbsent(number, none -> array.zerosLike());
    JniUtils.sgdUpdate(
        (PtNDArray) array,
        (PtNDArray) gradient,
        (PtNDArray) step,
        learningRate,
        0,
        1,
        -1,
        momentum);
  }
}
