package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** What a convolutional network says of rows, in batches of one shape. */
public final class ConvCodes implements OpenNetwork, RowEncoder {
  private static final int BATCH = 128;

  private final ConvAutoencoder weights;
  private final TrainedConv network;

  public ConvCodes(ConvAutoencoder weights, MatrixSpec matrices) {
    this.weights = weights;
    this.network = new TrainedConv(weights, matrices);
  }

  @Override
  public float[] encode(Rows rows) {
    return of(rows).codes();
  }

  /** Codes, and where the network has a head the probabilities of clusters. */
  @Override
  public CodedRows of(Rows rows) {
    int d = weights.codeLength();
    int k = weights.clusters();
    float[] codes = new float[RowArrays.codes(rows.count(), d)];
    float[] probabilities = new float[RowArrays.probabilities(rows.count(), k)];
    for (int from = 0; from < rows.count(); from += BATCH) {
      int to = Math.min(rows.count(), from + BATCH);
      try (NDManager scratch = network.manager().newSubManager()) {
        List<NDArray> made =
            network.encode(rows.slice(scratch, from, to, BATCH, ConvAutoencoder.SCALE), null);
        NDArray code = made.get(made.size() - 1);
        System.arraycopy(code.toFloatArray(), 0, codes, from * d, (to - from) * d);
        if (k > 0) {
          float[] softmax = network.logits(code).softmax(1).toFloatArray();
          System.arraycopy(softmax, 0, probabilities, from * k, (to - from) * k);
        }
      }
    }
    return new CodedRows(codes, probabilities);
  }

  @Override
  public void close() {
    network.close();
  }
}
