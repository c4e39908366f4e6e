package org.vectormill.jobs.clustering;

import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.deep.Autoencoder;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.PackedUnit;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * Gives each row of a slice its nearest cluster and the next one.
 *
 * @param network makes the codes that are compared; null where vectors are compared themselves
 * @param radii of the clusters when they were found; null where they are found now, so that no row
 *     can be beyond them
 * @param dimension of the vectors
 */
record AssignWork(
    Broadcast<Centroids> centroids,
    Broadcast<Autoencoder> network,
    Broadcast<float[]> radii,
    int dimension,
    MatrixSpec matrices)
    implements UnitWork<RowSlice> {
  static final String COST = "cost";
  static final String BEYOND_RADIUS = "beyond_radius";

  @Override
  public void run(RowSlice slice, UnitSink sink) {
    Centroids to = centroids.value();
    SliceVectors vectors = SliceVectors.read(sink.conf(), slice, dimension);
    PackedUnit unit = vectors.pack(to.metric());
    boolean[] selected = vectors.selected();
    for (int i = 0; i < selected.length; i++) {
      if (!selected[i]) {
        continue;
      }
      sink.read(vectors.id(i));
      if (unit.unusable()[i] != null) {
        reject(vectors, i, unit.unusable()[i], sink);
      }
    }
    int done = 0;
    try (NearestCentroids nearest = matrices.open(to);
        BlockCodes codes = network == null ? null : new BlockCodes(network.value(), matrices)) {
      for (VectorBlock vectorBlock : unit.blocks()) {
        VectorBlock block = codes == null ? vectorBlock : codes.of(vectorBlock);
        String[] ids = new String[block.rows()];
        for (int i = 0; i < ids.length; i++) {
          ids[i] = vectors.id(unit.rows()[done + i]);
        }
        done += ids.length;
        sink.clusters(rows(ids, block, nearest, sink));
      }
    }
  }

  private static void reject(SliceVectors vectors, int i, RejectReason reason, UnitSink sink) {
    String message =
        reason == RejectReason.ZERO_VECTOR
            ? "the vector is all zero and has no direction"
            : "the vector holds NaN or an infinity";
    String file = vectors.slice().fileUri();
    sink.reject(vectors.id(i), file, vectors.contentHash(i), reason, message);
  }

  private ClusterRows rows(
      String[] ids, VectorBlock block, NearestCentroids nearest, UnitSink sink) {
    Centroids to = centroids.value();
    int n = ids.length;
    int best = Math.min(2, to.count());
    int[] numbers = nearest.nearest(block, best);
    int[] clusters = new int[n];
    float[] scores = new float[n];
    int[] seconds = new int[n];
    float[] margins = new float[n];
    double costs = 0;
    int beyond = 0;
    for (int i = 0; i < n; i++) {
      clusters[i] = numbers[i * best];
      double cost = to.cost(clusters[i], block, i);
      costs += cost;
      seconds[i] = best > 1 ? numbers[i * best + 1] : -1;
      double score = to.metric().score(cost);
      double second = best > 1 ? to.metric().score(to.cost(seconds[i], block, i)) : score;
      if (radii != null && (float) to.metric().distance(cost) > radii.value()[clusters[i]]) {
        beyond++;
      }
      if (network != null) {
        double all = BlockCodes.kernels(to, block, i);
        score = BlockCodes.kernel(cost) / all;
        second = best > 1 ? BlockCodes.kernel(to.cost(seconds[i], block, i)) / all : score;
      }
      scores[i] = (float) score;
      // The product rounds otherwise than the distance, so near ties may come out below 0.
      margins[i] = best > 1 ? Math.max(0, (float) (score - second)) : 0;
    }
    sink.fact(COST, costs);
    sink.fact(BEYOND_RADIUS, beyond);
    return new ClusterRows(ids, clusters, scores, seconds, margins);
  }
}
