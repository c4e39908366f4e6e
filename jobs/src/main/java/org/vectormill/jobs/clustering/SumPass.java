package org.vectormill.jobs.clustering;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.udfs.vectors.BlockBatch;
import org.vectormill.udfs.vectors.CentroidSearch;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ClusterSums;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.SearchedCentroids;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;
import scala.Tuple2;

/** One pass of k-means: each row to its nearest centroid, and the sums over each cluster. */
final class SumPass {
  /**
   * Sums over all rows, or over those of a mini-batch.
   *
   * @return of at least one row unless the batch happens to be empty
   */
  static ClusterSums of(
      BlockSet set, Centroids centroids, MatrixSpec matrices, Optional<BlockBatch> batch) {
    return of(
        set,
        SearchedCentroids.exact(centroids),
        matrices,
        batch,
        DriverResults.most(set.context()) / 2);
  }

  /** Sums over all rows or a mini-batch, each to the centroid that a search finds. */
  static ClusterSums of(
      BlockSet set, SearchedCentroids centroids, MatrixSpec matrices, Optional<BlockBatch> batch) {
    return of(set, centroids, matrices, batch, DriverResults.most(set.context()) / 2);
  }

  /**
   * @param resultBytes most bytes that all tasks together send to the driver; above it their sums
   *     are merged on the executors first
   */
  static ClusterSums of(
      BlockSet set,
      SearchedCentroids centroids,
      MatrixSpec matrices,
      Optional<BlockBatch> batch,
      long resultBytes) {
    Broadcast<SearchedCentroids> shared = set.context().broadcast(centroids);
    SumScale scale = set.scale();
    ClusterSums total = empty(centroids.centroids(), scale);
    BlockBatch some = batch.orElse(null);
    long parts = Math.max(1, resultBytes / total.bytes());
    try {
      if (set.blocks().getNumPartitions() <= parts) {
        BlockPass.run(
            set.blocks(), part -> sums(part, shared.value(), scale, matrices, some), total::merge);
      } else {
        JavaRDD<ClusterSums> all =
            set.blocks()
                .mapPartitions(
                    part -> List.of(sums(part, shared.value(), scale, matrices, some)).iterator());
        BlockPass.run(merged(all, (int) parts), Iterator::next, total::merge);
      }
    } finally {
      shared.destroy();
    }
    return total;
  }

  /** Sums of many tasks as those of few, each partition of one. */
  private static JavaRDD<ClusterSums> merged(JavaRDD<ClusterSums> all, int parts) {
    return all.mapPartitionsWithIndex(
            (index, sums) -> List.of(new Tuple2<>(index % parts, sums.next())).iterator(), true)
        .mapToPair(pair -> pair)
        .reduceByKey(new NumberPartitioner(parts), ClusterSums::merge)
        .values();
  }

  private static ClusterSums empty(Centroids centroids, SumScale scale) {
    return new ClusterSums(centroids.metric(), centroids.count(), centroids.dimension(), scale);
  }

  private static ClusterSums sums(
      Iterator<VectorBlock> blocks,
      SearchedCentroids searched,
      SumScale scale,
      MatrixSpec matrices,
      BlockBatch batch) {
    Centroids centroids = searched.centroids();
    ClusterSums sums = empty(centroids, scale);
    int shape = batch == null ? VectorBlock.ROWS : batch.shape();
    try (CentroidSearch nearest = searched.open(matrices, shape)) {
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
