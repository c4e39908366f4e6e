package org.vectormill.udfs.deep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Weights of an autoencoder of dense layers: the encoder's from the input to the code, then the
 * decoder's back.
 *
 * @param scale factor on every input, above 0: gradients vanish on components of a hundredth
 * @param encoder the first takes the input
 * @param decoder the encoder's sizes in reverse
 */
public record Autoencoder(float scale, List<Layer> encoder, List<Layer> decoder)
    implements ClusterNetwork, Averaged<Autoencoder> {
  public Autoencoder {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    if (encoder.isEmpty() || encoder.size() != decoder.size()) {
      throw new IllegalArgumentException(
          encoder.size() + " encoder layers, " + decoder.size() + " decoder layers");
    }
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException("a scale is above 0, got " + scale);
    }
  }

  /**
   * New weights: uniform within {@code ±1/sqrt(inputs)} (LeCun et al., Efficient BackProp, 1998),
   * biases zero. Every layer but the code's and the output's ends in a rectifier.
   *
   * @param widths of the input, the hidden layers and the code; at least two
   */
  public static Autoencoder initial(float scale, int[] widths, long seed) {
    if (widths.length < 2) {
      throw new IllegalArgumentException("an autoencoder needs an input and a code");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Layer> encoder = Layer.initial(widths, random);
    int[] back =
        IntStream.range(0, widths.length).map(i -> widths[widths.length - 1 - i]).toArray();
    return new Autoencoder(scale, encoder, Layer.initial(back, random));
  }

  @Override
  public int inputs() {
    return encoder.get(0).inputs();
  }

  @Override
  public int codeLength() {
    return encoder.get(encoder.size() - 1).outputs();
  }

  @Override
  public int embeddingLength() {
    return codeLength();
  }

  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new DenseRows(scale, encoder, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new StudentNetwork(encoder(matrices), centroids);
  }

  /** Number of layers of the encoder, and of the decoder. */
  public int depth() {
    return encoder.size();
  }

  /** All layers on the way from an input to what is made of its code. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(encoder);
    layers.addAll(decoder);
    return layers;
  }

  /** These weights in place of all layers' own, in the order of {@link #layers}. */
  private Autoencoder withLayers(List<Layer> layers) {
    return new Autoencoder(
        scale, layers.subList(0, depth()), layers.subList(depth(), layers.size()));
  }

  /** One layer of the encoder with the one of the decoder that undoes it. */
  public Autoencoder pair(int layer) {
    return new Autoencoder(
        1, List.of(encoder.get(layer)), List.of(decoder.get(depth() - 1 - layer)));
  }

  /** Another {@link #pair} in place of its own. */
  public Autoencoder withPair(int layer, Autoencoder pair) {
    List<Layer> layers = layers();
    layers.set(layer, pair.encoder().get(0));
    layers.set(2 * depth() - 1 - layer, pair.decoder().get(0));
    return withLayers(layers);
  }

  @Override
  public Autoencoder average(Autoencoder other, double share) {
    return withLayers(Layer.averages(layers(), other.layers(), share));
  }
}
