package org.vectormill.jobs.embed;

import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.SliceVectors;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.VectorRows;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.KeptNetworks;
import org.vectormill.udfs.deep.network.RowEncoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.FloatRows;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.PackedUnit;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * Makes embeddings of a slice of vectors with a network that was trained on such vectors.
 *
 * @param metric by which the network was trained: on unit rows where it is cosine
 */
record CodeWork(
    Broadcast<ClusterNetwork> network,
    Metric metric,
    String fingerprint,
    boolean normalise,
    MatrixSpec matrices)
    implements UnitWork<RowSlice> {

  @Override
  public void run(RowSlice slice, UnitSink sink) {
    ClusterNetwork weights = network.value();
    SliceVectors vectors = SliceVectors.read(sink.conf(), slice, weights.inputs());
    PackedUnit unit = vectors.pack(metric);
    vectors.account(unit, sink);
    int d = weights.embeddingLength();
    int done = 0;
    try (RowEncoder encoder = KeptNetworks.encoder(weights, matrices)) {
      for (VectorBlock block : unit.blocks()) {
        int n = block.rows();
        float[] values = encoder.encode(new Rows(block.values(), block.dimension()));
        String[] ids = new String[n];
        String[] hashes = new String[n];
        for (int i = 0; i < n; i++) {
          int row = unit.rows()[done + i];
          ids[i] = vectors.id(row);
          hashes[i] = vectors.contentHash(row);
          if (normalise) {
            FloatRows.normalise(values, i * d, d);
          }
        }
        done += n;
        sink.vectors(new VectorRows(ids, hashes, fingerprint, d, values, null, new boolean[n]));
      }
    }
  }
}
