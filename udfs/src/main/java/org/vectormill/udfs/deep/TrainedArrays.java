package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/** What one worker trains, in native memory. Of one thread, which closes it. */
class TrainedArrays implements AutoCloseable {
  private final NDManager manager;
  private final List<NDArray> parameters = new ArrayList<>();
  private List<NDArray> seen = parameters;

  TrainedArrays(MatrixSpec matrices) {
    this.manager = matrices.newManager();
  }

  /** One more array; its number is that of those before it. */
  final int add(float[] values, Shape shape) {
    parameters.add(Matrices.create(manager, values, shape));
    return parameters.size() - 1;
  }

  final NDManager manager() {
    return manager;
  }

  /** An array as the loss sees it. */
  final NDArray parameter(int number) {
    return seen.get(number);
  }

  /**
   * One step down the gradient.
   *
   * @param batch what the loss is of, made with the manager that it gets; nothing of it is trained
   * @return the loss before the step
   */
  final float step(
      Descent descent, Function<NDManager, NDList> batch, Function<NDList, NDArray> loss) {
    try (NDManager scratch = manager.newSubManager()) {
      NDList given = batch.apply(scratch);
      // Views of the arrays, new ones for each step: their gradients are what the backward pass
      // makes, and not added to zeros that somebody has to write first.
      seen = parameters.stream().map(array -> view(array, scratch)).toList();
      float value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray of = loss.apply(given);
        collector.backward(of);
        value = of.getFloat();
      }
      for (int i = 0; i < parameters.size(); i++) {
        try (NDArray gradient = seen.get(i).getGradient()) {
          descent.update(i, parameters.get(i), gradient);
        }
      }
      return value;
    } finally {
      seen = parameters;
    }
  }

  private static NDArray view(NDArray array, NDManager scratch) {
    NDArray view = array.stopGradient();
    view.attach(scratch);
    view.setRequiresGradient(true);
    return view;
  }

  @Override
  public final void close() {
    manager.close();
  }
}
