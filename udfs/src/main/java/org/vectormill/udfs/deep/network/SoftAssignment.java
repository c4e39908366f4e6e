package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * The soft assignment of DEC (Xie, Girshick and Farhadi, Unsupervised Deep Embedding for Clustering
 * Analysis, 2016, equations 1 to 3).
 */
public final class SoftAssignment {
  /**
   * Equation 1 with one degree of freedom: {@code q_ij} is proportional to {@code 1 / (1 + |z_i -
   * mu_j|^2)}.
   *
   * @param z codes, shape (n, length)
   * @param mu centroids, shape (k, length)
   * @return q, shape (n, k), rows of sum 1
   */
  public static NDArray q(NDArray z, NDArray mu) {
    NDArray products = z.matMul(mu.transpose());
    NDArray squares =
        Activation.relu(
            z.square()
                .sum(new int[] {1}, true)
                .sub(products.add(products))
                .add(mu.square().sum(new int[] {1})));
    NDArray kernel = squares.onesLike().div(squares.add(1));
    return kernel.div(kernel.sum(new int[] {1}, true));
  }

  /**
   * Adds rows of q to the clusters' soft frequencies {@code f_j = sum_i q_ij}, which all workers
   * together decide.
   *
   * @param q row-major, rows of {@code frequencies.length} values
   */
  public static void addFrequencies(float[] q, double[] frequencies) {
    for (int i = 0; i < q.length; i++) {
      frequencies[i % frequencies.length] += q[i];
    }
  }

  /**
   * Equation 3: {@code p_ij} is proportional to {@code q_ij^2 / f_j}: sharper than q, and no
   * cluster pulls more for being large.
   *
   * @param q row-major, rows of {@code frequencies.length} values
   * @param frequencies soft frequencies over all rows of all workers
   * @return p, as q
   */
  public static float[] target(float[] q, double[] frequencies) {
    int k = frequencies.length;
    float[] p = new float[q.length];
    for (int row = 0; row < q.length; row += k) {
      double sum = 0;
      for (int j = 0; j < k; j++) {
        sum += q[row + j] * (double) q[row + j] / frequencies[j];
      }
      for (int j = 0; j < k; j++) {
        p[row + j] = (float) (q[row + j] * (double) q[row + j] / frequencies[j] / sum);
      }
    }
    return p;
  }

  /** The most probable cluster of each row. */
  public static int[] hard(float[] q, int k) {
    int[] assigned = new int[q.length / k];
    for (int i = 0; i < assigned.length; i++) {
      for (int j = 1; j < k; j++) {
        if (q[i * k + j] > q[i * k + assigned[i]]) {
          assigned[i] = j;
        }
      }
    }
    return assigned;
  }

  private SoftAssignment() {}
}
