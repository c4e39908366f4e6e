package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** A convolutional autoencoder in native memory. */
public final class TrainedConv extends TrainedArrays {
  private static final float LEAK = 0.01f;
  private static final Shape ONE = new Shape(1, 1);

  private final ConvAutoencoder start;
  private final List<ImageShape> shapes;
  private TransposedConvolution transposed;
  private final List<NDArray> geometries = new ArrayList<>();

  public TrainedConv(ConvAutoencoder start, MatrixSpec matrices) {
    super(matrices);
    this.start = start;
    this.shapes = start.shapes();
    start.encoder().forEach(this::add);
    add(start.code());
    add(start.decode());
    start.decoder().forEach(this::add);
    if (start.head() != null) {
      add(start.head());
    }
  }

  /** For the way back alone: most networks are opened to make codes. */
  private void openTransposed() {
    transposed = TransposedConvolution.open(manager());
    for (int i = 0; i < codeAt(); i++) {
      geometries.add(transposed.geometry(start.decoder().get(i), shapes.get(codeAt() - 1 - i)));
    }
  }

  private void add(Convolution one) {
    add(one.weight(), new Shape(one.outputs(), one.inputs(), one.kernel(), one.kernel()));
    add(one.bias(), new Shape(one.outputs()));
  }

  private void add(Layer layer) {
    add(layer.weight(), new Shape(layer.inputs(), layer.outputs()));
    add(layer.bias(), new Shape(layer.outputs()));
  }

  /** Places among the layers, each of which has two arrays. */
  private int codeAt() {
    return start.encoder().size();
  }

  private int headAt() {
    return 2 * codeAt() + 2;
  }

  /**
   * What each layer of the encoder makes.
   *
   * @param x rows times {@link ConvAutoencoder#SCALE}, shape (n, inputs)
   * @param noise on what comes into each convolution; null for none
   * @return the images, what each convolution made of them, and last the codes
   */
  public List<NDArray> encode(NDArray x, Dropout noise) {
    List<NDArray> made = new ArrayList<>();
    ImageShape image = start.image();
    long n = x.getShape().get(0);
    NDArray y = x.sub(1).reshape(n, image.channels(), image.height(), image.width());
    made.add(y);
    for (int i = 0; i < codeAt(); i++) {
      Convolution one = start.encoder().get(i);
      NDArray input = noise == null ? y : noise.of(y);
      y =
          Activation.leakyRelu(
              Conv2d.conv2d(
                      input,
                      parameter(2 * i),
                      parameter(2 * i + 1),
                      new Shape(one.stride(), one.stride()),
                      new Shape(one.padding(), one.padding()),
                      ONE,
                      1)
                  .singletonOrThrow(),
              LEAK);
      made.add(y);
    }
    made.add(dense(y.reshape(n, shapes.get(codeAt()).size()), codeAt()).tanh());
    return made;
  }

  /**
   * What each layer of the decoder makes.
   *
   * @return in the order of {@link #encode}, without the codes: the images first
   */
  public List<NDArray> decode(NDArray code) {
    if (transposed == null) {
      openTransposed();
    }
    List<NDArray> made = new ArrayList<>();
    ImageShape last = shapes.get(codeAt());
    NDArray y =
        Activation.leakyRelu(dense(code, codeAt() + 1), LEAK)
            .reshape(code.getShape().get(0), last.channels(), last.height(), last.width());
    made.add(y);
    for (int i = 0; i < codeAt(); i++) {
      int parameter = 2 * (codeAt() + 2 + i);
      y = transposed.of(y, parameter(parameter), parameter(parameter + 1), geometries.get(i));
      y = i < codeAt() - 1 ? Activation.leakyRelu(y, LEAK) : y.tanh();
      made.add(0, y);
    }
    return made;
  }

  /** A value for each cluster, whose softmax is its probability. */
  public NDArray logits(NDArray code) {
    return dense(code, headAt());
  }

  private NDArray dense(NDArray x, int layer) {
    return x.matMul(parameter(2 * layer)).add(parameter(2 * layer + 1));
  }

  /** The weights as they are now. */
  public ConvAutoencoder weights() {
    return new ConvAutoencoder(
        start.image(),
        convolutions(start.encoder(), 0),
        layer(start.code(), codeAt()),
        layer(start.decode(), codeAt() + 1),
        convolutions(start.decoder(), codeAt() + 2),
        start.head() == null ? null : layer(start.head(), headAt()));
  }

  private List<Convolution> convolutions(List<Convolution> before, int first) {
    List<Convolution> now = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      int parameter = 2 * (first + i);
      now.add(
          before
              .get(i)
              .with(parameter(parameter).toFloatArray(), parameter(parameter + 1).toFloatArray()));
    }
    return now;
  }

  private Layer layer(Layer before, int at) {
    return new Layer(
        before.inputs(),
        before.outputs(),
        before.rectified(),
        parameter(2 * at).toFloatArray(),
        parameter(2 * at + 1).toFloatArray());
  }
}
