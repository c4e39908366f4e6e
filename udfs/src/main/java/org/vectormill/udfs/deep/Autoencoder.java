package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Weights of an autoencoder of dense layers: the encoder's from the input to the code, then the
 * decoder's back. Every layer but the code's and the output's ends in a rectifier.
 *
 * @param encoder the first takes the input
 * @param decoder the encoder's sizes in reverse
 */
public record Autoencoder(List<Layer> encoder, List<Layer> decoder) implements Serializable {
  public Autoencoder {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    if (encoder.isEmpty() || encoder.size() != decoder.size()) {
      throw new IllegalArgumentException(
          encoder.size() + " encoder layers, " + decoder.size() + " decoder layers");
    }
  }

  /**
   * New weights: uniform within {@code ±1/sqrt(inputs)} (LeCun et al., Efficient BackProp, 1998),
   * biases zero.
   *
   * @param widths of the input, the hidden layers and the code; at least two
   */
  public static Autoencoder initial(int[] widths, long seed) {
    if (widths.length < 2) {
      throw new IllegalArgumentException("an autoencoder needs an input and a code");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Layer> encoder = new ArrayList<>();
    List<Layer> decoder = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      encoder.add(initial(widths[i - 1], widths[i], random));
    }
    for (int i = widths.length - 1; i > 0; i--) {
      decoder.add(initial(widths[i], widths[i - 1], random));
    }
    return new Autoencoder(encoder, decoder);
  }

  private static Layer initial(int inputs, int outputs, SplittableRandom random) {
    float[] weight = new float[inputs * outputs];
    float limit = (float) (1 / Math.sqrt(inputs));
    for (int i = 0; i < weight.length; i++) {
      weight[i] = limit * (2 * (float) random.nextDouble() - 1);
    }
    return new Layer(inputs, outputs, weight, new float[outputs]);
  }

  /** Length of an input. */
  public int inputs() {
    return encoder.get(0).inputs();
  }

  /** Length of a code. */
  public int codeLength() {
    return encoder.get(encoder.size() - 1).outputs();
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(encoder);
    layers.addAll(decoder);
    return layers;
  }

  /** The weights that workers came to on their own, each counted by its share of the rows. */
  public static Autoencoder average(List<Autoencoder> workers, double[] shares) {
    int depth = workers.get(0).encoder().size();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 2 * depth; i++) {
      int layer = i;
      layers.add(averageLayer(workers.stream().map(w -> w.layers().get(layer)).toList(), shares));
    }
    return new Autoencoder(layers.subList(0, depth), layers.subList(depth, 2 * depth));
  }

  private static Layer averageLayer(List<Layer> layers, double[] shares) {
    Layer first = layers.get(0);
    return new Layer(
        first.inputs(),
        first.outputs(),
        WeightAverage.of(layers.stream().map(Layer::weight).toList(), shares),
        WeightAverage.of(layers.stream().map(Layer::bias).toList(), shares));
  }
}
