package org.vectormill.jobs.clustering;

import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.udfs.deep.Autoencoder;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.VectorBlock;

/** How far the codes of each cluster's rows reach. */
final class CodeRadii {
  /** Distance of each cluster's furthest code; 0 where it has none. */
  static float[] of(BlockSet set, FoundClusters found, MatrixSpec matrices) {
    float[] radii = new float[found.centroids().count()];
    Broadcast<Centroids> centroids = set.context().broadcast(found.centroids());
    Broadcast<Autoencoder> network = set.context().broadcast(found.network().orElseThrow());
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
      Iterator<VectorBlock> blocks, Centroids centroids, Autoencoder network, MatrixSpec matrices) {
    float[] radii = new float[centroids.count()];
    try (NearestCentroids nearest = matrices.open(centroids);
        BlockCodes codes = new BlockCodes(network, matrices)) {
      while (blocks.hasNext()) {
        VectorBlock block = codes.of(blocks.next());
        int[] clusters = nearest.nearest(block);
        for (int i = 0; i < clusters.length; i++) {
          double distance = centroids.metric().distance(centroids.cost(clusters[i], block, i));
          radii[clusters[i]] = Math.max(radii[clusters[i]], (float) distance);
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
