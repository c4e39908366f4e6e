package org.vectormill.jobs.clustering;

import org.vectormill.udfs.deep.Autoencoder;
import org.vectormill.udfs.deep.CodeNetwork;
import org.vectormill.udfs.deep.Rows;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.VectorBlock;

/** Codes of whole blocks, and how probable clusters are for them. Of one thread. */
final class BlockCodes implements AutoCloseable {
  private final Autoencoder weights;
  private final CodeNetwork network;

  BlockCodes(Autoencoder weights, MatrixSpec matrices) {
    this.weights = weights;
    this.network = new CodeNetwork(weights, matrices);
  }

  /** The block's rows as codes. */
  VectorBlock of(VectorBlock block) {
    float[] codes = network.codes(new Rows(block.values(), block.dimension()));
    return new VectorBlock(weights.codeLength(), codes, block.keys());
  }

  /**
   * Student's kernel with one degree of freedom (DEC, equation 1): a cluster's probability is its
   * kernel's share of {@link #kernels}.
   *
   * @param cost squared distance
   */
  static double kernel(double cost) {
    return 1 / (1 + cost);
  }

  /** Sum of the kernels of all clusters for row {@code i}. */
  static double kernels(Centroids centroids, VectorBlock block, int i) {
    double sum = 0;
    for (int c = 0; c < centroids.count(); c++) {
      sum += kernel(centroids.cost(c, block, i));
    }
    return sum;
  }

  @Override
  public void close() {
    network.close();
  }
}
