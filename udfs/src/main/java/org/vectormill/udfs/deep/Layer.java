package org.vectormill.udfs.deep;

import java.io.Serializable;

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
    implements Serializable {
  public Layer {
    if (weight.length != inputs * outputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          "layer of %d x %d has %d weights and %d biases"
              .formatted(inputs, outputs, weight.length, bias.length));
    }
  }
}
