package org.vectormill.udfs.image;

import java.util.Arrays;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

/**
 * Resizes eight-bit RGB images with the arithmetic of Pillow's {@code Image.resize}: a horizontal
 * pass, rounded to eight bits, then a vertical one. Only what the window keeps is computed.
 */
final class Resampler {
  /** Most bytes between the two passes. */
  private static final long MOST_BYTES = 1 << 30;

  /** The window of the resized image; the image itself where nothing is resized or cut away. */
  static RgbImage resize(RgbImage image, Interpolation filter, Window window)
      throws ImageRejectedException {
    boolean wide = image.width() != window.fullWidth();
    boolean high = image.height() != window.fullHeight();
    if (!wide && !high) {
      return crop(image, window);
    }
    if (filter == Interpolation.NEAREST) {
      return nearest(image, window);
    }
    FilterWeights down =
        high
            ? FilterWeights.of(
                filter, image.height(), window.fullHeight(), window.top(), window.height())
            : null;
    int firstRow = high ? down.firstInput() : window.top();
    int rows = (high ? down.endInput() : window.top() + window.height()) - firstRow;
    RgbImage across =
        wide
            ? horizontal(
                image,
                FilterWeights.of(
                    filter, image.width(), window.fullWidth(), window.left(), window.width()),
                firstRow,
                rows)
            : crop(
                image,
                new Window(
                    image.width(), image.height(), window.left(), firstRow, window.width(), rows));
    return high ? vertical(across, down, firstRow) : across;
  }

  private static RgbImage crop(RgbImage image, Window window) {
    if (window.width() == image.width() && window.height() == image.height()) {
      return image;
    }
    byte[] out = new byte[window.width() * window.height() * 3];
    int length = window.width() * 3;
    for (int y = 0; y < window.height(); y++) {
      int from = 3 * ((window.top() + y) * image.width() + window.left());
      System.arraycopy(image.pixels(), from, out, y * length, length);
    }
    return new RgbImage(window.width(), window.height(), out);
  }

  /** Rows {@code firstRow..firstRow + rows - 1}, resized across. */
  private static RgbImage horizontal(RgbImage image, FilterWeights filter, int firstRow, int rows)
      throws ImageRejectedException {
    byte[] from = image.pixels();
    int width = filter.starts().length;
    if ((long) width * rows * 3 > MOST_BYTES) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE,
          "image of "
              + image.width()
              + " x "
              + image.height()
              + " pixels is too thin to be resized");
    }
    byte[] out = new byte[width * rows * 3];
    int stride = image.width() * 3;
    for (int y = 0; y < rows; y += 2) {
      // The last of an odd number of rows is its own partner.
      int partner = Math.min(y + 1, rows - 1);
      twoRows(
          from,
          (firstRow + y) * stride,
          (firstRow + partner) * stride,
          filter,
          out,
          y * width * 3,
          partner * width * 3);
    }
    return new RgbImage(width, rows, out);
  }

  /** Two rows at a time, which share each weight and the loop around it. */
  private static void twoRows(
      byte[] from, int row0, int row1, FilterWeights filter, byte[] out, int out0, int out1) {
    int[] starts = filter.starts();
    int[] counts = filter.counts();
    int[] weights = filter.weights();
    for (int x = 0; x < starts.length; x++) {
      int red0 = FilterWeights.HALF;
      int green0 = FilterWeights.HALF;
      int blue0 = FilterWeights.HALF;
      int red1 = FilterWeights.HALF;
      int green1 = FilterWeights.HALF;
      int blue1 = FilterWeights.HALF;
      int in0 = row0 + starts[x] * 3;
      int in1 = row1 + starts[x] * 3;
      int first = x * filter.taps();
      int count = counts[x];
      // Positions as multiples of the loop's own variable: their bounds are checked once a loop.
      for (int k = 0; k < count; k++) {
        int weight = weights[first + k];
        red0 += (from[in0 + 3 * k] & 0xff) * weight;
        green0 += (from[in0 + 3 * k + 1] & 0xff) * weight;
        blue0 += (from[in0 + 3 * k + 2] & 0xff) * weight;
        red1 += (from[in1 + 3 * k] & 0xff) * weight;
        green1 += (from[in1 + 3 * k + 1] & 0xff) * weight;
        blue1 += (from[in1 + 3 * k + 2] & 0xff) * weight;
      }
      int to0 = out0 + 3 * x;
      out[to0] = eightBits(red0);
      out[to0 + 1] = eightBits(green0);
      out[to0 + 2] = eightBits(blue0);
      int to1 = out1 + 3 * x;
      out[to1] = eightBits(red1);
      out[to1 + 1] = eightBits(green1);
      out[to1 + 2] = eightBits(blue1);
    }
  }

  /** All outputs of {@code filter} from rows of which the first is input {@code firstRow}. */
  private static RgbImage vertical(RgbImage rows, FilterWeights filter, int firstRow) {
    int length = rows.width() * 3;
    int height = filter.starts().length;
    byte[] out = new byte[length * height];
    int[] sums = new int[length];
    int[][] wide = new int[filter.taps()][length];
    int widened = firstRow;
    for (int y = 0; y < height; y++) {
      int start = filter.starts()[y];
      int end = start + filter.counts()[y];
      for (widened = Math.max(widened, start); widened < end; widened++) {
        widen(rows.pixels(), (widened - firstRow) * length, wide[widened % filter.taps()]);
      }
      Arrays.fill(sums, FilterWeights.HALF);
      for (int in = start; in < end; in++) {
        int weight = filter.weights()[y * filter.taps() + in - start];
        addRow(sums, wide[in % filter.taps()], weight);
      }
      narrow(sums, out, y * length);
    }
    return new RgbImage(rows.width(), height, out);
  }

  private static void widen(byte[] from, int start, int[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[start + i] & 0xff;
    }
  }

  /** On plain ints, so that the compiler makes vector instructions of it. */
  private static void addRow(int[] sums, int[] row, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private static void narrow(int[] sums, byte[] to, int start) {
    for (int i = 0; i < sums.length; i++) {
      to[start + i] = eightBits(sums[i]);
    }
  }

  private static byte eightBits(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FilterWeights.BITS));
  }

  /** The nearest pixel; positions are summed step by step, as Pillow does, rounding included. */
  private static RgbImage nearest(RgbImage image, Window window) {
    int[] columns = positions(image.width(), window.fullWidth(), window.left(), window.width());
    int[] rows = positions(image.height(), window.fullHeight(), window.top(), window.height());
    byte[] out = new byte[window.width() * window.height() * 3];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        System.arraycopy(image.pixels(), 3 * (row * image.width() + column), out, to, 3);
        to += 3;
      }
    }
    return new RgbImage(window.width(), window.height(), out);
  }

  private static int[] positions(int in, int out, int first, int size) {
    double step = (double) in / out;
    int[] positions = new int[size];
    double at = step * 0.5;
    for (int i = 0; i < first + size; i++) {
      if (i >= first) {
        positions[i - first] = Math.min(in - 1, (int) at);
      }
      at += step;
    }
    return positions;
  }

  private Resampler() {}
}
