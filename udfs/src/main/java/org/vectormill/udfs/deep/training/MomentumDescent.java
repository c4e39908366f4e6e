package org.vectormill.udfs.deep.training;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Gradient descent with momentum (Polyak 1964). */
public final class MomentumDescent implements Optimizer {
  private final float learningRate;
  private final float momentum;
  private final Moments start;
  private FusedDescent fused;
  private List<NDArray> last;
  private int steps;

  /**
   * @param momentum share of a step that the next one repeats, 0 to below 1
   */
  public MomentumDescent(float learningRate, float momentum, Moments start) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.start = start;
  }

  @Override
  public void update(List<NDArray> arrays, List<NDArray> gradients) {
    if (fused == null) {
      fused = FusedDescent.open(arrays.get(0).getManager());
      last = FusedDescent.memory(arrays, start.first());
    }
    steps++;
    fused.run("momentum", List.of(arrays, gradients, last), learningRate, momentum);
    fused.flush(start.steps(), steps, last);
  }

  @Override
  public Moments moments() {
    return fused == null
        ? start
        : new Moments(FusedDescent.values(last), List.of(), start.steps() + steps);
  }
}
