package org.vectormill.udfs.deep.network;

import java.util.List;
import java.util.SplittableRandom;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Weights of dense layers whose output is scaled to unit length: codes lie on a sphere.
 *
 * @param scale factor on every input, above 0
 * @param layers from the input to the code
 */
public record SphereEncoder(float scale, List<Layer> layers)
    implements ClusterNetwork, Averaged<SphereEncoder> {
  /** Added to the squared length, so that a code of zeros has a gradient. */
  public static final float SMALLEST = 1e-12f;

  public SphereEncoder {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "an encoder of scale " + scale + " and " + layers.size() + " layers");
    }
  }

  /**
   * New weights; every layer but the last ends in a rectifier.
   *
   * @param widths of the input, the hidden layers and the code; at least two
   */
  public static SphereEncoder initial(float scale, int[] widths, long seed) {
    return new SphereEncoder(scale, Layer.initial(widths, new SplittableRandom(seed)));
  }

  @Override
  public SphereEncoder average(SphereEncoder other, double share) {
    return new SphereEncoder(scale, Layer.averages(layers, other.layers, share));
  }

  @Override
  public int inputs() {
    return layers.get(0).inputs();
  }

  @Override
  public int codeLength() {
    return layers.get(layers.size() - 1).outputs();
  }

  @Override
  public int embeddingLength() {
    return codeLength();
  }

  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new SphereCodes(this, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new StudentNetwork(new SphereCodes(this, matrices), centroids);
  }
}
