package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Layers in native memory, with what is learned beside them, while one worker trains them. */
public class TrainedLayers extends TrainedArrays {
  private final List<Layer> start;

  public TrainedLayers(List<Layer> start, MatrixSpec matrices) {
    super(matrices);
    this.start = List.copyOf(start);
    for (Layer layer : start) {
      add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
      add(layer.bias(), new Shape(layer.outputs()));
    }
  }

  /** What some layers, one after the other, make of rows that are scaled already. */
  public final NDArray through(NDArray x, int first, int count) {
    NDArray y = x;
    for (int i = first; i < first + count; i++) {
      NDArray weight = parameter(2 * i).transpose();
      weight.attach(x.getManager());
      y = Linear.linear(y, weight, parameter(2 * i + 1)).singletonOrThrow();
      if (start.get(i).rectified()) {
        y = Activation.relu(y);
      }
    }
    return y;
  }

  /** The layers as they are now. */
  public final List<Layer> layers() {
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
