package org.vectormill.udfs.deep.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Weights of one convolution of images, or of a transposed one, which undoes its sizes. The
 * latter's kernel is kept turned around and outputs first: an image stretched by {@code stride - 1}
 * zeros behind each pixel, padded with {@code kernel - 1 - padding} zeros and convolved with it at
 * every place is the same.
 *
 * @param inputs channels of what comes in
 * @param outputs channels of what goes out
 * @param kernel side of the square that is looked at
 * @param stride step of the square
 * @param padding zeros around the image
 * @param weight row-major, (outputs, inputs, kernel, kernel)
 * @param bias a value for each output
 */
public record Convolution(
    int inputs, int outputs, int kernel, int stride, int padding, float[] weight, float[] bias)
    implements Averaged<Convolution> {
  public Convolution {
    if (weight.length != inputs * outputs * kernel * kernel
        || bias.length != outputs
        || stride < 1
        || padding < 0) {
      throw new IllegalArgumentException(
          "convolution of %d to %d channels, kernel %d, stride %d: %d weights, %d biases"
              .formatted(inputs, outputs, kernel, stride, weight.length, bias.length));
    }
  }

  /** New weights: uniform within {@code ±1/sqrt(inputs * kernel^2)} (LeCun et al. 1998). */
  static Convolution initial(
      int inputs, int outputs, int kernel, int stride, int padding, SplittableRandom random) {
    float[] weight = new float[inputs * outputs * kernel * kernel];
    float limit = (float) (1 / Math.sqrt(inputs * kernel * kernel));
    for (int i = 0; i < weight.length; i++) {
      weight[i] = limit * (2 * (float) random.nextDouble() - 1);
    }
    return new Convolution(inputs, outputs, kernel, stride, padding, weight, new float[outputs]);
  }

  /** Side of what comes out of a side; 0 or less where the kernel does not fit. */
  int size(int side) {
    return Math.floorDiv(side + 2 * padding - kernel, stride) + 1;
  }

  Convolution with(float[] otherWeight, float[] otherBias) {
    return new Convolution(inputs, outputs, kernel, stride, padding, otherWeight, otherBias);
  }

  @Override
  public Convolution average(Convolution other, double share) {
    return with(
        WeightAverage.of(weight, other.weight, share), WeightAverage.of(bias, other.bias, share));
  }

  /** The same of several, one after the other. */
  static List<Convolution> averages(
      List<Convolution> some, List<Convolution> others, double share) {
    return IntStream.range(0, some.size())
        .mapToObj(at -> some.get(at).average(others.get(at), share))
        .toList();
  }
}
