package org.vectormill.udfs.deep.network;

/**
 * Parameter averaging of local SGD (Stich, Local SGD Converges Fast and Communicates Little, 2019).
 */
public final class WeightAverage {
  /**
   * {@code one + share * (other - one)}: what both have in common stays as it is.
   *
   * @param other as long
   * @param share of the other, 0 to 1
   */
  public static float[] of(float[] one, float[] other, double share) {
    float part = (float) share;
    float[] average = new float[one.length];
    for (int i = 0; i < average.length; i++) {
      average[i] = one[i] + part * (other[i] - one[i]);
    }
    return average;
  }

  private WeightAverage() {}
}
