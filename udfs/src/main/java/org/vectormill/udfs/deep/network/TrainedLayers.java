package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.engine.LinearKernels;
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
    tape(0, 2 * start.size());
  }

  /**
   * What some layers, one after the other, make of rows that are scaled already. In a loss, their
   * gradients are taken layer by layer, by the kernels that made what they made.
   */
  public final NDArray through(NDArray x, int first, int count) {
    List<NDArray> weights = IntStream.range(first, first + count).mapToObj(this::weight).toList();
    List<NDArray> biases = IntStream.range(first, first + count).mapToObj(this::bias).toList();
    boolean[] rectified = new boolean[count];
    for (int i = 0; i < count; i++) {
      rectified[i] = start.get(first + i).rectified();
    }
    boolean moves = stepping() && LinearKernels.of(x).moves(x);
    NDList made = LinearKernels.of(x).layers(moves ? still(x) : x, weights, biases, rectified);
    if (!stepping()) {
      return made.get(count);
    }
    // A module's results may not be asked for a gradient; copies of them may.
    NDArray y = made.get(count).duplicate();
    y.setRequiresGradient(true);
    onWayBack(
        () -> {
          NDArray gradient = y.getGradient();
          gradient.attach(y.getManager());
          NDList found =
              LinearKernels.of(gradient).gradients(gradient, made, weights, rectified, moves);
          for (int i = 0; i < 2 * count; i++) {
            gradient(2 * first + i, found.get(i));
          }
          if (moves) {
            NDArray ofX = found.get(2 * count).duplicate();
            JniUtils.backward((PtNDArray) x, (PtNDArray) ofX, true, false);
          }
        });
    return y;
  }

  private NDArray weight(int layer) {
    return parameter(2 * layer);
  }

  private NDArray bias(int layer) {
    return parameter(2 * layer + 1);
  }

  /** The same values, of which the engine's backward pass knows nothing. */
  private static NDArray still(NDArray x) {
    NDArray still = x.stopGradient();
    still.attach(x.getManager());
    return still;
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
