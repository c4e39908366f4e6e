package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Layers in native memory, with what is learned beside them, while one worker trains them. */
class TrainedLayers implements AutoCloseable {
  private final List<Layer> start;
  private final NDManager manager;
  private final boolean trained;
  private final List<NDArray> parameters = new ArrayList<>();

  /**
   * @param trained whether their gradients will be asked for
   */
  TrainedLayers(List<Layer> start, MatrixSpec matrices, boolean trained) {
    this.start = List.copyOf(start);
    this.manager = matrices.newManager();
    this.trained = trained;
    for (Layer layer : start) {
      add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
      add(layer.bias(), new Shape(layer.outputs()));
    }
  }

  /** One more array that is trained with the layers. */
  final NDArray add(float[] values, Shape shape) {
    NDArray array = Matrices.create(manager, values, shape);
    array.setRequiresGradient(trained);
    parameters.add(array);
    return array;
  }

  final NDManager manager() {
    return manager;
  }

  /** What some layers, one after the other, make of rows that are scaled already. */
  final NDArray through(NDArray x, int first, int count) {
    NDArray y = x;
    for (int i = first; i < first + count; i++) {
      y = y.matMul(parameters.get(2 * i)).add(parameters.get(2 * i + 1));
      if (start.get(i).rectified()) {
        y = y.maximum(0);
      }
    }
    return y;
  }

  /**
   * One step down the gradient.
   *
   * @param batch what the loss is of, made with the manager that it gets; nothing of it is trained
   * @return the loss before the step
   */
  final float step(
      Optimizer optimizer, Function<NDManager, NDList> batch, Function<NDList, NDArray> loss) {
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
        optimizer.update("p" + i, parameter, gradient);
        gradient.muli(0);
      }
    }
    return value;
  }

  /** The layers as they are now. */
  final List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (Layer before : start) {
      int parameter = 2 * layers.size();
      layers.add(
          new Layer(
              before.inputs(),
              before.outputs(),
              before.rectified(),
              parameters.get(parameter).toFloatArray(),
              parameters.get(parameter + 1).toFloatArray()));
    }
    return layers;
  }

  @Override
  public final void close() {
    manager.close();
  }
}
