package org.vectormill.udfs.deep.network;

import org.vectormill.udfs.vectors.Centroids;

/**
 * Codes of an encoder, and Student's kernel with one degree of freedom between them and the
 * centroids: a cluster's probability is its kernel's share of all (DEC, equation 1).
 */
final class StudentNetwork implements OpenNetwork {
  private final Centroids centroids;
  private final RowEncoder network;

  /**
   * @param network is closed with it
   */
  StudentNetwork(RowEncoder network, Centroids centroids) {
    this.centroids = centroids;
    this.network = network;
  }

  @Override
  public CodedRows of(Rows rows) {
    float[] codes = network.encode(rows);
    int k = centroids.count();
    float[] probabilities = new float[RowArrays.probabilities(rows.count(), k)];
    double[] kernels = new double[k];
    for (int i = 0; i < rows.count(); i++) {
      double sum = 0;
      for (int c = 0; c < k; c++) {
        kernels[c] = 1 / (1 + centroids.cost(c, codes, i));
        sum += kernels[c];
      }
      for (int c = 0; c < k; c++) {
        probabilities[i * k + c] = (float) (kernels[c] / sum);
      }
    }
    return new CodedRows(codes, probabilities);
  }

  @Override
  public void close() {
    network.close();
  }
}
