package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** A {@link ClusterHead} in native memory. */
final class HeadNetwork implements OpenNetwork, RowEncoder {
  private final ClusterHead head;
  private final TrainedLayers layers;

  HeadNetwork(ClusterHead head, MatrixSpec matrices) {
    this.head = head;
    this.layers = new TrainedLayers(List.of(head.layer()), matrices, false);
  }

  @Override
  public CodedRows of(Rows rows) {
    return new CodedRows(rows.values(), encode(rows));
  }

  /** Probabilities of the clusters. */
  @Override
  public float[] encode(Rows rows) {
    int k = head.clusters();
    float[] probabilities = new float[rows.count() * k];
    for (int from = 0; from < rows.count(); from += CodeNetwork.BATCH) {
      int to = Math.min(rows.count(), from + CodeNetwork.BATCH);
      try (NDManager scratch = layers.manager().newSubManager()) {
        float[] logits =
            layers
                .through(rows.slice(scratch, from, to, CodeNetwork.BATCH, head.scale()), 0, 1)
                .toFloatArray();
        for (int i = 0; i < to - from; i++) {
          softmax(logits, i * k, probabilities, (from + i) * k, k);
        }
      }
    }
    return probabilities;
  }

  private static void softmax(float[] logits, int from, float[] to, int at, int k) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      largest = Math.max(largest, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < k; c++) {
      sum += Math.exp(logits[from + c] - largest);
    }
    for (int c = 0; c < k; c++) {
      to[at + c] = (float) (Math.exp(logits[from + c] - largest) / sum);
    }
  }

  @Override
  public void close() {
    layers.close();
  }
}
