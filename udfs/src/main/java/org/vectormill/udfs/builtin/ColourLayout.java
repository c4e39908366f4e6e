package org.vectormill.udfs.builtin;

/** Low frequencies of the cosine transforms of an 8 x 8 thumbnail's luma and chroma. */
final class ColourLayout {
  private static final int N = 8;
  private static final int LUMA = 32;
  private static final int CHROMA = 16;
  static final int LENGTH = LUMA + 2 * CHROMA;

  /** BT.601 luma and chroma in units of 1/1000. */
  private static final int[][] YCC = {{299, 587, 114}, {-169, -331, 500}, {500, -419, -81}};

  /** Orthonormal DCT-II, one row a frequency. */
  private static final double[][] COSINES = cosines();

  /** (row, column) frequencies, lowest sum first. */
  private static final int[] ORDER = order();

  /** Layout of {@code side x side} interleaved RGB bytes; side is a multiple of 8. */
  static double[] of(byte[] rgb, int side) {
    double[] out = new double[LENGTH];
    int at = 0;
    for (int c = 0; c < 3; c++) {
      double[] transform = transform(thumbnail(rgb, side, c));
      for (int i = 0; i < (c == 0 ? LUMA : CHROMA); i++) {
        out[at++] = transform[ORDER[i]];
      }
    }
    return out;
  }

  /** Means of one channel over 8 x 8 tiles, centred on zero. */
  private static double[] thumbnail(byte[] rgb, int side, int channel) {
    long[] sums = new long[N * N];
    int tile = side / N;
    int[] weights = YCC[channel];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int i = 3 * (y * side + x);
        sums[y / tile * N + x / tile] +=
            weights[0] * (rgb[i] & 0xff)
                + weights[1] * (rgb[i + 1] & 0xff)
                + weights[2] * (rgb[i + 2] & 0xff)
                - (channel == 0 ? 128_000 : 0);
      }
    }
    double[] means = new double[N * N];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / (1000.0 * tile * tile);
    }
    return means;
  }

  private static double[] transform(double[] values) {
    double[] rows = new double[N * N];
    double[] out = new double[N * N];
    for (int i = 0; i < N * N; i++) {
      for (int k = 0; k < N; k++) {
        rows[i] += COSINES[i % N][k] * values[i / N * N + k];
      }
    }
    for (int i = 0; i < N * N; i++) {
      for (int k = 0; k < N; k++) {
        out[i] += COSINES[i / N][k] * rows[k * N + i % N];
      }
    }
    return out;
  }

  private static double[][] cosines() {
    double[][] table = new double[N][N];
    for (int f = 0; f < N; f++) {
      for (int k = 0; k < N; k++) {
        table[f][k] =
            StrictMath.cos(Math.PI * f * (2 * k + 1) / (2 * N))
                * Math.sqrt((f == 0 ? 1.0 : 2.0) / N);
      }
    }
    return table;
  }

  private static int[] order() {
    int[] order = new int[N * N];
    int at = 0;
    for (int sum = 0; sum < 2 * N - 1; sum++) {
      for (int row = Math.max(0, sum - N + 1); row <= Math.min(sum, N - 1); row++) {
        order[at++] = row * N + sum - row;
      }
    }
    return order;
  }

  private ColourLayout() {}
}
