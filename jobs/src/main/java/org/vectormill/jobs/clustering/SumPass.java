package org.vectormill.jobs.clustering;

import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.udfs.vectors.BlockBatch;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ClusterSums;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;

/** One pass of k-means: each row to its nearest centroid, and the sums over each cluster. */
final class SumPass {
  /**
   * Sums over all rows, or over those of a mini-batch.
   *
   * @return of at least one row unless the batch happens to be empty
   */
  static ClusterSums of(
      BlockSet set, Centroids centroids, MatrixSpec matrices, Optional<BlockBatch> batch) {
    Broadcast<Centroids> shared = set.context().broadcast(centroids);
    SumScale scale = set.scale();
    ClusterSums total =
        new ClusterSums(centroids.metric(), centroids.count(), centroids.dimension(), scale);
    BlockBatch some = batch.orElse(null);
    try {
      BlockPass.run(
          set.blocks(), part -> sums(part, shared.value(), scale, matrices, some), total::merge);
    } finally {
      shared.destroy();
    }
    return total;
  }

  private static ClusterSums sums(
      Iterator<VectorBlock> blocks,
      Centroids centroids,
      SumScale scale,
      MatrixSpec matrices,
      BlockBatch batch) {
    ClusterSums sums =
        new ClusterSums(centroids.metric(), centroids.count(), centroids.dimension(), scale);
    int shape = batch == null ? VectorBlock.ROWS : batch.shape();
    try (NearestCentroids nearest = matrices.open(centroids, shape)) {
      while (blocks.hasNext()) {
        VectorBlock block = blocks.next();
        if (batch == null) {
          sums.add(block, nearest.nearest(block), centroids);
        } else {
          for (VectorBlock part : batch.of(block)) {
            sums.add(part, nearest.nearest(part), centroids);
          }
        }
      }
    }
    return sums;
  }

  private SumPass() {}
}
