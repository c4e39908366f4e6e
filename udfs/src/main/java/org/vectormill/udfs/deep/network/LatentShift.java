package org.vectormill.udfs.deep.network;

import java.util.List;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * What is known of classes that nobody labelled but that have other shares in each domain (Roberts,
 * Mani, Garg and Lipton, Unsupervised Learning under Latent Label Shift, 2022): a network says how
 * probable each domain is for a vector, which is its code, and a matrix how probable each domain is
 * for a class.
 *
 * @param scale factor on every input, above 0
 * @param layers from the vector to one value a domain, whose softmax is {@code f(x) = p(d|x)}
 * @param domains {@code p(d|y)}, domains x classes, row-major; empty before classes are found
 */
public record LatentShift(float scale, List<Layer> layers, float[] domains)
    implements ClusterNetwork {
  public LatentShift {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "a discriminator of scale " + scale + " and " + layers.size() + " layers");
    }
    int count = layers.get(layers.size() - 1).outputs();
    if (domains.length % count != 0 || domains.length / count > count) {
      throw new IllegalArgumentException(
          domains.length + " probabilities of " + count + " domains; at most one class a domain");
    }
  }

  @Override
  public int inputs() {
    return layers.get(0).inputs();
  }

  /** Number of domains. */
  @Override
  public int codeLength() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** Number of classes; 0 before they are found. */
  @Override
  public int clusters() {
    return domains.length / codeLength();
  }

  @Override
  public int embeddingLength() {
    return codeLength();
  }

  /** Makes the domains' probabilities. */
  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new ShiftNetwork(this, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new ShiftNetwork(this, matrices);
  }

  @Override
  public LatentShift in(int[] order) {
    int k = clusters();
    float[] ordered = new float[domains.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = domains[i / k * k + order[i % k]];
    }
    return new LatentShift(scale, layers, ordered);
  }
}
