package org.vectormill.udfs.deep;

import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * A linear layer whose softmax says how probable each cluster is for a vector; the vector itself is
 * its code.
 *
 * @param scale factor on every input, above 0
 * @param layer from the vector to one value a cluster, not rectified
 */
public record ClusterHead(float scale, Layer layer) implements ClusterNetwork {
  public ClusterHead {
    if (!(scale > 0) || !Float.isFinite(scale) || layer.rectified()) {
      throw new IllegalArgumentException("a head of scale " + scale + " and layer " + layer);
    }
  }

  @Override
  public int inputs() {
    return layer.inputs();
  }

  @Override
  public int codeLength() {
    return layer.inputs();
  }

  @Override
  public int clusters() {
    return layer.outputs();
  }

  @Override
  public ClusterHead in(int[] order) {
    return new ClusterHead(scale, layer.in(order));
  }

  @Override
  public int embeddingLength() {
    return clusters();
  }

  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new HeadNetwork(this, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new HeadNetwork(this, matrices);
  }
}
