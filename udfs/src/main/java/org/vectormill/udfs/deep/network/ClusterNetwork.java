package org.vectormill.udfs.deep.network;

import java.io.Serializable;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Weights that make codes of vectors and say how probable each cluster is for them. */
public sealed interface ClusterNetwork extends Serializable
    permits Autoencoder, ConvAutoencoder, ClusterHead, SphereEncoder, LatentShift {
  /** Length of a vector. */
  int inputs();

  /** Length of a code. */
  int codeLength();

  /** Length of what {@link #encoder} makes of a vector. */
  int embeddingLength();

  /** Clusters that the network itself tells apart; 0 where centroids do. */
  default int clusters() {
    return 0;
  }

  /** What makes another embedding of vectors: codes, or the probabilities of clusters. */
  RowEncoder encoder(MatrixSpec matrices);

  /**
   * The network in native memory.
   *
   * @param centroids in the space of codes
   */
  OpenNetwork open(Centroids centroids, MatrixSpec matrices);

  /**
   * The same network with its clusters in another order. Where centroids alone say which cluster is
   * which, that is the network itself.
   *
   * @param order the cluster that each number is for
   */
  default ClusterNetwork in(int[] order) {
    return this;
  }
}
