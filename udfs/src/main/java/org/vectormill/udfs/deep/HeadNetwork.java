package org.vectormill.udfs.deep;

import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** A {@link ClusterHead} in native memory. */
final class HeadNetwork implements OpenNetwork, RowEncoder {
  private final int clusters;
  private final DenseRows layer;

  HeadNetwork(ClusterHead head, MatrixSpec matrices) {
    this.clusters = head.clusters();
    this.layer = new DenseRows(head.scale(), List.of(head.layer()), matrices);
  }

  @Override
  public CodedRows of(Rows rows) {
    return new CodedRows(rows.values(), encode(rows));
  }

  /** Probabilities of the clusters. */
  @Override
  public float[] encode(Rows rows) {
    float[] values = layer.encode(rows);
    Softmax.rows(values, clusters);
    return values;
  }

  @Override
  public void close() {
    layer.close();
  }
}
