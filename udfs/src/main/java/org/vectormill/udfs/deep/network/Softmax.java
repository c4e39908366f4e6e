package org.vectormill.udfs.deep.network;

/** Probabilities of logits. */
final class Softmax {
  /**
   * Puts probabilities in the place of logits.
   *
   * @param values row-major
   * @param k length of a row
   */
  static void rows(float[] values, int k) {
    for (int from = 0; from < values.length; from += k) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = from; c < from + k; c++) {
        largest = Math.max(largest, values[c]);
      }
      double sum = 0;
      for (int c = from; c < from + k; c++) {
        sum += Math.exp(values[c] - largest);
      }
      for (int c = from; c < from + k; c++) {
        values[c] = (float) (Math.exp(values[c] - largest) / sum);
      }
    }
  }

  private Softmax() {}
}
