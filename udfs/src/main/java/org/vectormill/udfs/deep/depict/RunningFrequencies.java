package org.vectormill.udfs.deep.depict;

/**
 * The clusters' frequencies as a network trains: an exponential mean of what they are in each
 * batch, over a window of steps, and more where that would be fewer than fifty rows a cluster.
 */
final class RunningFrequencies {
  private static final int ROWS_A_CLUSTER = 50;

  private final double[] shares;
  private final double weight;

  /**
   * @param frequencies of all rows when the training begins, of any sum
   * @param batch rows of a step
   * @param window steps
   */
  RunningFrequencies(double[] frequencies, int batch, int window) {
    double sum = 0;
    for (double frequency : frequencies) {
      sum += frequency;
    }
    this.shares = new double[frequencies.length];
    for (int j = 0; j < shares.length; j++) {
      shares[j] = frequencies[j] / sum;
    }
    double steps = (double) ROWS_A_CLUSTER * shares.length / batch;
    this.weight = 1 / Math.max(window, steps);
  }

  /**
   * One more batch.
   *
   * @param mean probability of each cluster over the rows of the batch
   * @return the shares of the clusters now, of sum 1
   */
  float[] after(float[] mean) {
    float[] now = new float[shares.length];
    for (int j = 0; j < shares.length; j++) {
      shares[j] += weight * (mean[j] - shares[j]);
      now[j] = (float) shares[j];
    }
    return now;
  }
}
