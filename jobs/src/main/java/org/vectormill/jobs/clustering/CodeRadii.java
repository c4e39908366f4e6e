package org.vectormill.jobs.clustering;

import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.VectorBlock;

/** How far the codes of each cluster's rows reach. */
final class CodeRadii {
  /** Distance of each cluster's furthest code; 0 where it has none. */
  static float[] of(BlockSet set, FoundClusters found, MatrixSpec matrices) {
    float[] radii = new float[found.centroids().count()];
    Broadcast<Centroids> centroids = set.context().broadcast(found.centroids());
    Broadcast<ClusterNetwork> network = set.context().broadcast(found.network().orElseThrow());
    try {
      BlockPass.run(
          set.blocks(),
          blocks -> radii(blocks, centroids.value(), network.value(), matrices),
          part -> widen(radii, part));
    } finally {
      centroids.destroy();
      network.destroy();
    }
    return radii;
  }

  private static float[] radii(
      Iterator<VectorBlock> blocks,
      Centroids centroids,
      ClusterNetwork network,
      MatrixSpec matrices) {
    float[] radii = new float[centroids.count()];
    try (BlockCodes codes = new BlockCodes(network, centroids, matrices)) {
      while (blocks.hasNext()) {
        BlockCodes.Coded coded = codes.of(blocks.next());
        for (int i = 0; i < coded.block().rows(); i++) {
          int cluster = coded.best()[2 * i];
          double distance = centroids.metric().distance(centroids.cost(cluster, coded.block(), i));
          radii[cluster] = Math.max(radii[cluster], (float) distance);
        }
      }
    }
    return radii;
  }

  private static void widen(float[] radii, float[] others) {
    for (int c = 0; c < radii.length; c++) {
      radii[c] = Math.max(radii[c], others[c]);
    }
  }

  private CodeRadii() {}
}
