package org.vectormill.udfs.deep.network;

import org.vectormill.udfs.vectors.MatrixSpec;

/** A {@link ClusterHead} in native memory. */
final class HeadNetwork implements OpenNetwork, RowEncoder {
  private final int clusters;
  private final DenseRows layers;

  HeadNetwork(ClusterHead head, MatrixSpec matrices) {
    this.clusters = head.clusters();
    this.layers = new DenseRows(head.scale(), head.layers(), matrices);
  }

  @Override
  public CodedRows of(Rows rows) {
    return new CodedRows(rows.values(), encode(rows));
  }

  /** Probabilities of the clusters. */
  @Override
  public float[] encode(Rows rows) {
    float[] values = layers.encode(rows);
    Softmax.rows(values, clusters);
    return values;
  }

  @Override
  public void close() {
    layers.close();
  }
}
