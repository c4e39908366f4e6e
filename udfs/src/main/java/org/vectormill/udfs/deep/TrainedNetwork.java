package org.vectormill.udfs.deep;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vectormill.udfs.engine.Matrices;

/**
 * An autoencoder's weights in native memory, with what is learned beside them, while one worker
 * trains them.
 */
final class TrainedNetwork implements AutoCloseable {
  private final NDManager manager;
  private final int depth;
  private final List<NDArray> parameters = new ArrayList<>();

  TrainedNetwork(Autoencoder start) {
    this.manager = Matrices.newManager(Device.cpu(), Runtime.getRuntime().availableProcessors());
    this.depth = start.encoder().size();
    for (Layer layer : start.layers()) {
      add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
      add(layer.bias(), new Shape(layer.outputs()));
    }
  }

  /** One more array that is trained with the layers. */
  NDArray add(float[] values, Shape shape) {
    NDArray array = manager.create(values, shape);
    array.setRequiresGradient(true);
    parameters.add(array);
    return array;
  }

  NDManager manager() {
    return manager;
  }

  NDArray encode(NDArray x) {
    return through(x, 0, depth);
  }

  NDArray decode(NDArray code) {
    return through(code, depth, 2 * depth);
  }

  /** Layers {@code from} to {@code to}; the last of the encoder and of the decoder is linear. */
  private NDArray through(NDArray x, int from, int to) {
    NDArray y = x;
    for (int i = from; i < to; i++) {
      y = y.matMul(parameters.get(2 * i)).add(parameters.get(2 * i + 1));
      if (i != depth - 1 && i != 2 * depth - 1) {
        y = y.maximum(0);
      }
    }
    return y;
  }

  /**
   * One step down the gradient.
   *
   * @param loss of a batch that it makes with the manager it gets
   * @return the loss before the step
   */
  float step(Optimizer optimizer, Function<NDManager, NDArray> loss) {
    float value;
    try (NDManager scratch = manager.newSubManager()) {
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray batch = loss.apply(scratch);
        collector.backward(batch);
        value = batch.getFloat();
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
    for (int i = 0; i < 2 * depth; i++) {
      Shape shape = parameters.get(2 * i).getShape();
      layers.add(
          new Layer(
              (int) shape.get(0),
              (int) shape.get(1),
              parameters.get(2 * i).toFloatArray(),
              parameters.get(2 * i + 1).toFloatArray()));
    }
    return new Autoencoder(layers.subList(0, depth), layers.subList(depth, 2 * depth));
  }

  @Override
  public void close() {
    manager.close();
  }
}
