package org.vectormill.jobs.clustering;

import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.SliceVectors;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.PackedUnit;
import org.vectormill.udfs.vectors.SearchedCentroids;
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
    Broadcast<SearchedCentroids> centroids,
    Broadcast<ClusterNetwork> network,
    Broadcast<float[]> radii,
    int dimension,
    MatrixSpec matrices)
    implements UnitWork<RowSlice> {
  static final String COST = "cost";
  static final String BEYOND_RADIUS = "beyond_radius";

  /** Rows that were compared with all centroids after an approximate search. */
  static final String COMPARED = "compared";

  /** Those of them whose nearest centroid the search had found. */
  static final String AGREEING = "agreeing";

  @Override
  public void run(RowSlice slice, UnitSink sink) {
    Centroids to = centroids.value().centroids();
    SliceVectors vectors = SliceVectors.read(sink.conf(), slice, dimension);
    PackedUnit unit = vectors.pack(to.metric());
    vectors.account(unit, sink);
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
        : new NetworkAssigner(network.value(), centroids.value().centroids(), limits, matrices);
  }
}
