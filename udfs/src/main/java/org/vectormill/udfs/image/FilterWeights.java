package org.vectormill.udfs.image;

import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

/**
 * Fixed-point weights of one resampling pass for the outputs {@code first..first + starts.length -
 * 1}, as Pillow's eight-bit resize makes them: the filter is stretched when an image shrinks
 * (antialias), weights are scaled to a sum of one and rounded to 22 bits.
 *
 * @param taps weights an output
 * @param starts first input of each output
 * @param counts inputs of each output, at most {@code taps}
 * @param weights {@code taps} an output; those past its count are zero
 */
record FilterWeights(int taps, int[] starts, int[] counts, int[] weights) {
  /** Fraction bits: 8 bits of sample, 2 of headroom for sums beyond one, the rest of an int. */
  static final int BITS = 32 - 8 - 2;

  static final int HALF = 1 << (BITS - 1);

  /** Weights to resize {@code in} samples to {@code out}, for {@code size} outputs from first. */
  static FilterWeights of(Interpolation filter, int in, int out, int first, int size) {
    double scale = (double) in / out;
    double stretch = Math.max(1.0, scale);
    double support = support(filter) * stretch;
    int taps = (int) Math.ceil(support) * 2 + 1;
    int[] starts = new int[size];
    int[] counts = new int[size];
    int[] weights = new int[size * taps];
    double[] exact = new double[taps];
    for (int i = 0; i < size; i++) {
      double centre = (first + i + 0.5) * scale;
      int start = Math.max(0, (int) (centre - support + 0.5));
      int count = Math.min(in, (int) (centre + support + 0.5)) - start;
      double sum = 0;
      for (int k = 0; k < count; k++) {
        exact[k] = value(filter, (k + start - centre + 0.5) * (1.0 / stretch));
        sum += exact[k];
      }
      for (int k = 0; k < count; k++) {
        double share = sum == 0 ? exact[k] : exact[k] / sum;
        weights[i * taps + k] = (int) (share * (1 << BITS) + (share < 0 ? -0.5 : 0.5));
      }
      starts[i] = start;
      counts[i] = count;
    }
    return new FilterWeights(taps, starts, counts, weights);
  }

  /** Half the width of a filter at scale one. */
  private static double support(Interpolation filter) {
    return switch (filter) {
      case NEAREST -> throw new IllegalArgumentException("nearest has no weights");
      case BILINEAR -> 1;
      case BICUBIC -> 2;
      case LANCZOS -> 3;
    };
  }

  private static double value(Interpolation filter, double at) {
    double x = Math.abs(at);
    return switch (filter) {
      case NEAREST -> throw new IllegalArgumentException("nearest has no weights");
      case BILINEAR -> x < 1 ? 1 - x : 0;
      case BICUBIC -> cubic(x);
      case LANCZOS -> x < 3 ? sinc(x) * sinc(x / 3) : 0;
    };
  }

  /** Keys' cubic convolution kernel (1981) with a = -1/2. */
  private static double cubic(double x) {
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
  }

  /** First input that any output reads. */
  int firstInput() {
    return starts[0];
  }

  /** One past the last input that any output reads. */
  int endInput() {
    int last = starts.length - 1;
    return starts[last] + counts[last];
  }
}
