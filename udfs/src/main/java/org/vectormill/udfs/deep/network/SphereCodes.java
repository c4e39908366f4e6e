package org.vectormill.udfs.deep.network;

import org.vectormill.udfs.vectors.MatrixSpec;

/** A {@link SphereEncoder} in native memory. */
final class SphereCodes implements RowEncoder {
  private final DenseRows layers;
  private final int length;

  SphereCodes(SphereEncoder weights, MatrixSpec matrices) {
    this.layers = new DenseRows(weights.scale(), weights.layers(), matrices);
    this.length = weights.codeLength();
  }

  @Override
  public float[] encode(Rows rows) {
    float[] codes = layers.encode(rows);
    for (int at = 0; at < codes.length; at += length) {
      double square = SphereEncoder.SMALLEST;
      for (int j = at; j < at + length; j++) {
        square += (double) codes[j] * codes[j];
      }
      double norm = Math.sqrt(square);
      for (int j = at; j < at + length; j++) {
        codes[j] = (float) (codes[j] / norm);
      }
    }
    return codes;
  }

  @Override
  public void close() {
    layers.close();
  }
}
