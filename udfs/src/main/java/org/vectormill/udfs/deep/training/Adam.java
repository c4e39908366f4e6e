package org.vectormill.udfs.deep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Adam (Kingma and Ba, A Method for Stochastic Optimization, 2015), with the paper's constants. */
public final class Adam implements Optimizer {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final float learningRate;
  private final Moments start;
  private FusedDescent fused;
  private List<NDArray> means;
  private List<NDArray> variances;
  private List<NDArray> counts;
  private int steps;

  public Adam(float learningRate, Moments start) {
    this.learningRate = learningRate;
    this.start = start;
  }

  @Override
  public void update(List<NDArray> arrays, List<NDArray> gradients) {
    if (fused == null) {
      begin(arrays);
    }
    steps++;
    fused.run(
        "adam",
        List.of(arrays, gradients, means, variances, counts),
        learningRate,
        BETA_1,
        BETA_2,
        EPSILON);
    fused.flush(start.steps(), steps, means);
    fused.flush(start.steps(), steps, variances);
  }

  private void begin(List<NDArray> arrays) {
    NDManager manager = arrays.get(0).getManager();
    fused = FusedDescent.open(manager);
    means = FusedDescent.memory(arrays, start.first());
    variances = FusedDescent.memory(arrays, start.second());
    // PyTorch counts the steps of each array where the array is.
    float[] before = {(float) start.steps()};
    counts = arrays.stream().map(array -> manager.create(before, new Shape())).toList();
  }

  @Override
  public Moments moments() {
    return fused == null
        ? start
        : new Moments(
            FusedDescent.values(means), FusedDescent.values(variances), start.steps() + steps);
  }
}
