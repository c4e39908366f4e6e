package org.vectormill.jobs.clustering;

import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.CodedRows;
import org.vectormill.udfs.deep.network.KeptNetworks;
import org.vectormill.udfs.deep.network.OpenNetwork;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.VectorBlock;

/** Codes of whole blocks, and how probable clusters are for them. Of one thread. */
final class BlockCodes implements AutoCloseable {
  private final int codeLength;
  private final int clusters;
  private final OpenNetwork network;

  BlockCodes(ClusterNetwork weights, Centroids centroids, MatrixSpec matrices) {
    this.codeLength = weights.codeLength();
    this.clusters = centroids.count();
    this.network = KeptNetworks.open(weights, centroids, matrices);
  }

  /**
   * A block of codes.
   *
   * @param probabilities of the clusters, row-major
   * @param best the two most probable clusters of each row, row-major; the second is -1 where there
   *     is one cluster
   */
  record Coded(VectorBlock block, float[] probabilities, int[] best) {}

  Coded of(VectorBlock block) {
    CodedRows rows = network.of(new Rows(block.values(), block.dimension()));
    int[] best = new int[2 * block.rows()];
    for (int i = 0; i < block.rows(); i++) {
      int first = -1;
      int second = -1;
      for (int c = 0; c < clusters; c++) {
        float p = rows.probabilities()[i * clusters + c];
        if (first < 0 || p > rows.probabilities()[i * clusters + first]) {
          second = first;
          first = c;
        } else if (second < 0 || p > rows.probabilities()[i * clusters + second]) {
          second = c;
        }
      }
      best[2 * i] = first;
      best[2 * i + 1] = second;
    }
    VectorBlock codes = new VectorBlock(codeLength, rows.codes(), block.keys());
    return new Coded(codes, rows.probabilities(), best);
  }

  @Override
  public void close() {
    network.close();
  }
}
