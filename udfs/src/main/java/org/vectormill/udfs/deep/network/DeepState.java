package org.vectormill.udfs.deep.network;

/**
 * Everything that is learned.
 *
 * @param centroids in the space of codes, row-major
 */
public record DeepState(Autoencoder weights, float[] centroids) implements Averaged<DeepState> {
  public int clusters() {
    return centroids.length / weights.codeLength();
  }

  @Override
  public DeepState average(DeepState other, double share) {
    return new DeepState(
        weights.average(other.weights, share), WeightAverage.of(centroids, other.centroids, share));
  }
}
