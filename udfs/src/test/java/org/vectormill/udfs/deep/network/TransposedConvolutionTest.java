package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.udfs.deep.training.Groups;

final class TransposedConvolutionTest {
  /** The definition in {@link Convolution}: stretch, pad, convolve, cut. */
  private static float[] stretched(
      Convolution one, float[] x, int rows, int height, int width, ImageShape made) {
    int kernel = one.kernel();
    int back = kernel - 1 - one.padding();
    float[] y = new float[rows * made.size()];
    for (int at = 0; at < y.length; at++) {
      int column = at % made.width();
      int row = at / made.width() % made.height();
      int output = at / (made.width() * made.height()) % one.outputs();
      int n = at / made.size();
      double sum = one.bias()[output];
      for (int input = 0; input < one.inputs(); input++) {
        for (int i = 0; i < kernel; i++) {
          for (int j = 0; j < kernel; j++) {
            int from = row + i - back;
            int to = column + j - back;
            if (from >= 0
                && to >= 0
                && from % one.stride() == 0
                && to % one.stride() == 0
                && from / one.stride() < height
                && to / one.stride() < width) {
              sum +=
                  one.weight()[((output * one.inputs() + input) * kernel + i) * kernel + j]
                      * x[
                          ((n * one.inputs() + input) * height + from / one.stride()) * width
                              + to / one.stride()];
            }
          }
        }
      }
      y[at] = (float) sum;
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "2,3,5,2,2,7,7,13,13",
    "3,1,4,2,0,13,12,28,26",
    "1,2,3,3,1,4,4,10,12",
    "2,3,5,2,2,7,7,14,13"
  })
  void isAConvolutionOfTheStretchedImage(
      int inputs,
      int outputs,
      int kernel,
      int stride,
      int padding,
      int height,
      int width,
      int madeHeight,
      int madeWidth) {
    Convolution one =
        Convolution.initial(inputs, outputs, kernel, stride, padding, new SplittableRandom(3));
    for (int i = 0; i < outputs; i++) {
      one.bias()[i] = i + 1;
    }
    ImageShape made = new ImageShape(outputs, madeHeight, madeWidth);
    Random random = new Random(4);
    float[] x = new float[2 * inputs * height * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    try (NDManager manager = Groups.CPU.newManager()) {
      TransposedConvolution transposed = TransposedConvolution.open(manager);
      float[] y =
          transposed
              .of(
                  manager.create(x, new Shape(2, inputs, height, width)),
                  manager.create(one.weight(), new Shape(outputs, inputs, kernel, kernel)),
                  manager.create(one.bias()),
                  transposed.geometry(one, made))
              .toFloatArray();
      assertArrayEquals(stretched(one, x, 2, height, width, made), y, 1e-5f);
    }
  }
}
