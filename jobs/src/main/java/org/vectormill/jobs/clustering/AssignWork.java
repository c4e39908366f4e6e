package org.vectormill.jobs.clustering;

import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.deep.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
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
    Broadcast<ClusterNetwork> network,
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
    try (Assigner assigner = assigner()) {
      for (VectorBlock block : unit.blocks()) {
        String[] ids = new String[block.rows()];
        for (int i = 0; i < ids.length; i++) {
          ids[i] = vectors.id(unit.rows()[done + i]);
        }
        done += ids.length;
        sink.clusters(assigner.rows(ids, block, sink));
      }
    }
  }

  private Assigner assigner() {
    float[] limits = radii == null ? null : radii.value();
    return network == null
        ? new NearestAssigner(centroids.value(), limits, matrices)
        : new NetworkAssigner(network.value(), centroids.value(), limits, matrices);
  }

  private static void reject(SliceVectors vectors, int i, RejectReason reason, UnitSink sink) {
    String message =
        reason == RejectReason.ZERO_VECTOR
            ? "the vector is all zero and has no direction"
            : "the vector holds NaN or an infinity";
    String file = vectors.slice().fileUri();
    sink.reject(vectors.id(i), file, vectors.contentHash(i), reason, message);
  }
}
