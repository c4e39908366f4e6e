package org.vectormill.udfs.deep.network;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Weights of one dense layer, {@code y = x W + b}, or {@code max(0, x W + b)}.
 *
 * @param inputs length of x
 * @param outputs length of y
 * @param rectified whether what is below 0 becomes 0
 * @param weight W, row-major, {@code inputs} rows of {@code outputs} values
 * @param bias b
 */
public record Layer(int inputs, int outputs, boolean rectified, float[] weight, float[] bias)
    implements Averaged<Layer> {
  public Layer {
    if (weight.length != inputs * outputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          "layer of %d x %d has %d weights and %d biases"
              .formatted(inputs, outputs, weight.length, bias.length));
    }
  }

  /** New weights: uniform within {@code ±1/sqrt(inputs)} (LeCun et al. 1998), biases zero. */
  public static Layer initial(int inputs, int outputs, boolean rectified, SplittableRandom random) {
    float[] weight = new float[Math.multiplyExact(inputs, outputs)];
    float limit = (float) (1 / Math.sqrt(inputs));
    for (int i = 0; i < weight.length; i++) {
      weight[i] = limit * (2 * (float) random.nextDouble() - 1);
    }
    return new Layer(inputs, outputs, rectified, weight, new float[outputs]);
  }

  /**
   * New layers, one after the other; each but the last ends in a rectifier.
   *
   * @param widths of the input, the hidden layers and the output; at least two
   */
  static List<Layer> initial(int[] widths, SplittableRandom random) {
    return IntStream.range(1, widths.length)
        .mapToObj(i -> initial(widths[i - 1], widths[i], i < widths.length - 1, random))
        .toList();
  }

  /** The same of an input, hidden layers of some widths, and an output. */
  public static List<Layer> initial(
      int inputs, List<Integer> hidden, int outputs, SplittableRandom random) {
    IntStream ends = hidden.stream().mapToInt(width -> width);
    int[] widths =
        IntStream.concat(IntStream.concat(IntStream.of(inputs), ends), IntStream.of(outputs))
            .toArray();
    return initial(widths, random);
  }

  @Override
  public Layer average(Layer other, double share) {
    return new Layer(
        inputs,
        outputs,
        rectified,
        WeightAverage.of(weight, other.weight, share),
        WeightAverage.of(bias, other.bias, share));
  }

  /** The same of networks of several layers. */
  public static List<Layer> averages(List<Layer> some, List<Layer> others, double share) {
    return IntStream.range(0, some.size())
        .mapToObj(at -> some.get(at).average(others.get(at), share))
        .toList();
  }

  /**
   * The same layer with its outputs in another order.
   *
   * @param order the output that each number is for
   */
  Layer in(int[] order) {
    float[] ordered = new float[weight.length];
    float[] biases = new float[outputs];
    for (int number = 0; number < outputs; number++) {
      biases[number] = bias[order[number]];
      for (int i = 0; i < inputs; i++) {
        ordered[i * outputs + number] = weight[i * outputs + order[number]];
      }
    }
    return new Layer(inputs, outputs, rectified, ordered, biases);
  }
}
