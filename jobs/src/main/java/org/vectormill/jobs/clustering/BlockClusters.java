package org.vectormill.jobs.clustering;

import java.util.Optional;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.VectorBlock;

/** Numbers of whole blocks' clusters. Of one thread. */
final class BlockClusters implements AutoCloseable {
  private final NearestCentroids nearest;
  private final BlockCodes codes;

  /**
   * @param network makes the codes that are compared; empty where vectors are compared themselves
   */
  BlockClusters(Centroids centroids, Optional<ClusterNetwork> network, MatrixSpec matrices) {
    this.nearest = network.isPresent() ? null : matrices.open(centroids);
    this.codes = network.map(one -> new BlockCodes(one, centroids, matrices)).orElse(null);
  }

  int[] of(VectorBlock block) {
    if (codes == null) {
      return nearest.nearest(block);
    }
    int[] best = codes.of(block).best();
    int[] clusters = new int[block.rows()];
    for (int i = 0; i < clusters.length; i++) {
      clusters[i] = best[2 * i];
    }
    return clusters;
  }

  @Override
  public void close() {
    if (codes == null) {
      nearest.close();
    } else {
      codes.close();
    }
  }
}
