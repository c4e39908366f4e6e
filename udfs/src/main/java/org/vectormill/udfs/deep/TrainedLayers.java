package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Layers in native memory, with what is learned beside them, while one worker trains them. */
class TrainedLayers extends TrainedArrays {
  private final List<Layer> start;

  /**
   * @param trained whether their gradients will be asked for
   */
  TrainedLayers(List<Layer> start, MatrixSpec matrices, boolean trained) {
    super(matrices, trained);
    this.start = List.copyOf(start);
    for (Layer layer : start) {
      add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
      add(layer.bias(), new Shape(layer.outputs()));
    }
  }

  /** What some layers, one after the other, make of rows that are scaled already. */
  final NDArray through(NDArray x, int first, int count) {
    NDArray y = x;
    for (int i = first; i < first + count; i++) {
      y = y.matMul(parameter(2 * i)).add(parameter(2 * i + 1));
      if (start.get(i).rectified()) {
        y = Activation.relu(y);
      }
    }
    return y;
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
              parameter(parameter).toFloatArray(),
              parameter(parameter + 1).toFloatArray()));
    }
    return layers;
  }
}
