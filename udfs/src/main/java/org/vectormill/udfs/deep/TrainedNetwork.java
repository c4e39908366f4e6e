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

/**
 * An autoencoder's weights in native memory, with what is learned beside them, while one worker
 * trains them.
 */
final class TrainedNetwork implements AutoCloseable {
  private final Autoencoder start;
  private final NDManager manager;
  private final boolean trained;
  private final List<NDArray> parameters = new ArrayList<>();

  TrainedNetwork(Autoencoder start, MatrixSpec matrices) {
    this(start, matrices, true);
  }

  /** A network that is not trained. */
  static TrainedNetwork fixed(Autoencoder weights, MatrixSpec matrices) {
    return new TrainedNetwork(weights, matrices, false);
  }

  private TrainedNetwork(Autoencoder start, MatrixSpec matrices, boolean trained) {
    this.start = start;
    this.manager = matrices.newManager();
    this.trained = trained;
    for (Layer layer : start.layers()) {
      add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
      add(layer.bias(), new Shape(layer.outputs()));
    }
  }

  /** One more array that is trained with the layers. */
  NDArray add(float[] values, Shape shape) {
    NDArray array = Matrices.create(manager, values, shape);
    array.setRequiresGradient(trained);
    parameters.add(array);
    return array;
  }

  NDManager manager() {
    return manager;
  }

  /** Codes of rows that are scaled already. */
  NDArray encode(NDArray x) {
    return through(x, start.encoder(), 0);
  }

  NDArray decode(NDArray code) {
    return through(code, start.decoder(), start.depth());
  }

  /** What the encoder makes of rows on its way to one of its layers. */
  NDArray inputOf(int layer, NDArray x) {
    return through(x, start.encoder().subList(0, layer), 0);
  }

  private NDArray through(NDArray x, List<Layer> layers, int first) {
    NDArray y = x;
    for (int i = 0; i < layers.size(); i++) {
      int parameter = 2 * (first + i);
      y = y.matMul(parameters.get(parameter)).add(parameters.get(parameter + 1));
      if (layers.get(i).rectified()) {
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
  float step(
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
  Autoencoder weights() {
    List<Layer> layers = new ArrayList<>();
    for (Layer before : start.layers()) {
      int parameter = 2 * layers.size();
      layers.add(
          new Layer(
              before.inputs(),
              before.outputs(),
              before.rectified(),
              parameters.get(parameter).toFloatArray(),
              parameters.get(parameter + 1).toFloatArray()));
    }
    int depth = start.depth();
    return new Autoencoder(
        start.scale(), layers.subList(0, depth), layers.subList(depth, 2 * depth));
  }

  @Override
  public void close() {
    manager.close();
  }
}
