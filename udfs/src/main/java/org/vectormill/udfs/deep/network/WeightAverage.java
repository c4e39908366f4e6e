package org.vectormill.udfs.deep.network;

import java.util.List;

/**
 * Parameter averaging of local SGD (Stich, Local SGD Converges Fast and Communicates Little, 2019).
 */
public final class WeightAverage {
  /**
   * The sum of {@code shares[i] * arrays[i]}, in the order of the workers.
   *
   * @param shares of sum 1
   */
  public static float[] of(List<float[]> arrays, double[] shares) {
    if (shares.length == 1) {
      return arrays.get(0);
    }
    double[] sums = new double[arrays.get(0).length];
    for (int worker = 0; worker < shares.length; worker++) {
      float[] array = arrays.get(worker);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += shares[worker] * array[i];
      }
    }
    float[] average = new float[sums.length];
    for (int i = 0; i < average.length; i++) {
      average[i] = (float) sums[i];
    }
    return average;
  }

  private WeightAverage() {}
}
