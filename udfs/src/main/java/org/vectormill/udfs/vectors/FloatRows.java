package org.vectormill.udfs.vectors;

/** Arithmetic on rows of float arrays, summed in double precision in one fixed order. */
public final class FloatRows {
  /** Sum of products. Four running sums, so that the additions don't wait for one another. */
  static double dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += (double) a[aFrom + i] * b[bFrom + i];
      s1 += (double) a[aFrom + i + 1] * b[bFrom + i + 1];
      s2 += (double) a[aFrom + i + 2] * b[bFrom + i + 2];
      s3 += (double) a[aFrom + i + 3] * b[bFrom + i + 3];
    }
    for (; i < length; i++) {
      s0 += (double) a[aFrom + i] * b[bFrom + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  static double squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      double d0 = (double) a[aFrom + i] - b[bFrom + i];
      double d1 = (double) a[aFrom + i + 1] - b[bFrom + i + 1];
      double d2 = (double) a[aFrom + i + 2] - b[bFrom + i + 2];
      double d3 = (double) a[aFrom + i + 3] - b[bFrom + i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < length; i++) {
      double d = (double) a[aFrom + i] - b[bFrom + i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Scales a row to unit length in place; leaves a row of zeros as it is. */
  public static void normalise(float[] values, int from, int length) {
    double norm = Math.sqrt(dot(values, from, values, from, length));
    if (norm > 0) {
      for (int i = from; i < from + length; i++) {
        values[i] = (float) (values[i] / norm);
      }
    }
  }

  private FloatRows() {}
}
