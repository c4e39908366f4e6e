package org.vectormill.udfs.deep.network;

import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * A {@link LatentShift} in native memory. A class is as probable as it has to be for {@code p(d|x)
 * = sum_y p(d|y) p(y|x)} to hold, by least squares; what is below 0 counts as 0.
 */
final class ShiftNetwork implements OpenNetwork, RowEncoder {
  private final int domains;
  private final int classes;
  private final DenseRows layers;
  private final double[][] inverse;

  ShiftNetwork(LatentShift weights, MatrixSpec matrices) {
    this.domains = weights.codeLength();
    this.classes = weights.clusters();
    this.inverse =
        PseudoInverse.of(weights.domains(), domains, classes)
            .orElseThrow(
                () -> new IllegalArgumentException("two classes have the same domains' shares"));
    this.layers = new DenseRows(weights.scale(), weights.layers(), matrices);
  }

  @Override
  public CodedRows of(Rows rows) {
    float[] codes = encode(rows);
    float[] probabilities = new float[RowArrays.probabilities(rows.count(), classes)];
    double[] shares = new double[classes];
    for (int i = 0; i < rows.count(); i++) {
      double sum = 0;
      for (int y = 0; y < classes; y++) {
        double share = 0;
        for (int d = 0; d < domains; d++) {
          share += inverse[y][d] * codes[i * domains + d];
        }
        shares[y] = Math.max(0, share);
        sum += shares[y];
      }
      for (int y = 0; y < classes; y++) {
        probabilities[i * classes + y] = (float) (sum > 0 ? shares[y] / sum : 1.0 / classes);
      }
    }
    return new CodedRows(codes, probabilities);
  }

  /** Probabilities of the domains. */
  @Override
  public float[] encode(Rows rows) {
    float[] values = layers.encode(rows);
    Softmax.rows(values, domains);
    return values;
  }

  @Override
  public void close() {
    layers.close();
  }
}
