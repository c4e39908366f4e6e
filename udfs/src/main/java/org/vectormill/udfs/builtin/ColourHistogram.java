package org.vectormill.udfs.builtin;

/**
 * Square roots of the shares of 4 x 4 x 4 RGB colours (so that a dot product is a Bhattacharyya
 * coefficient), each pixel spread over the eight nearest colours.
 */
final class ColourHistogram {
  private static final int LEVELS = 4;
  static final int LENGTH = LEVELS * LEVELS * LEVELS;

  /** Histogram of interleaved RGB bytes. */
  static double[] of(byte[] rgb) {
    long[] counts = new long[LENGTH];
    for (int i = 0; i < rgb.length; i += 3) {
      add(counts, rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff);
    }
    double[] roots = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      roots[i] = Math.sqrt((double) counts[i]);
    }
    return roots;
  }

  /** Adds 255^3 units: levels are 85 apart, so a value is {@code 85 * level + rest}. */
  private static void add(long[] counts, int red, int green, int blue) {
    for (int corner = 0; corner < 8; corner++) {
      int r = corner & 1;
      int g = corner >> 1 & 1;
      int b = corner >> 2;
      long share = share(red, r) * share(green, g) * share(blue, b);
      if (share > 0) {
        counts[((red / 85 + r) * LEVELS + green / 85 + g) * LEVELS + blue / 85 + b] += share;
      }
    }
  }

  private static long share(int value, int upper) {
    int rest = value % 85;
    return upper == 1 ? rest : 85 - rest;
  }

  private ColourHistogram() {}
}
