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
  private final boolean trained;
  private final List<NDArray> parameters = new ArrayList<>();

  /**
   * @param trained whether gradients will be asked for
   */
  TrainedArrays(MatrixSpec matrices, boolean trained) {
    this.manager = matrices.newManager();
    this.trained = trained;
  }

  /** One more array that is trained. */
  final NDArray add(float[] values, Shape shape) {
    NDArray array = Matrices.create(manager, values, shape);
    array.setRequiresGradient(trained);
    parameters.add(array);
    return array;
  }

  final NDManager manager() {
    return manager;
  }

  /** An array, in the order in which they were added. */
  final NDArray parameter(int index) {
    return parameters.get(index);
  }

  /**
   * One step down the gradient.
   *
   * @param batch what the loss is of, made with the manager that it gets; nothing of it is trained
   * @return the loss before the step
   */
  final float step(
      Descent descent, Function<NDManager, NDList> batch, Function<NDList, NDArray> loss) {
    float value;
    try (NDManager scratch = manager.newSubManager()) {
      NDList given = batch.apply(scratch);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray of = loss.apply(given);
        collector.backward(of);
        value = of.getFloat();
      }
    }
    for (int i = 0; i < parameters.size(); i++) {
      NDArray parameter = parameters.get(i);
      try (NDArray gradient = parameter.getGradient()) {
        descent.update(i, parameter, gradient);
      }
    }
    return value;
  }

  @Override
  public final void close() {
    manager.close();
  }
}
