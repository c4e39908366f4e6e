package org.vectormill.udfs.deep.network;

import java.io.Serializable;

/**
 * Everything that is learned.
 *
 * @param centroids in the space of codes, row-major
 */
public record DeepState(Autoencoder weights, float[] centroids) implements Serializable {
  public int clusters() {
    return centroids.length / weights.codeLength();
  }
}
