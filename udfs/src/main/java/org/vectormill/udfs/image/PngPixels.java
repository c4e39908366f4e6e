package org.vectormill.udfs.image;

/** Undoes a PNG's filters and interlace, and turns its samples into RGB. */
final class PngPixels {
  /** Adam7: first column, first row, column step, row step of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final PngHeader header;
  private final byte[] palette;
  private final byte[] rgb;

  /**
   * @param palette 256 RGB entries; null for colour types without one
   */
  PngPixels(PngHeader header, byte[] palette) {
    this.header = header;
    this.palette = palette;
    this.rgb = new byte[header.width() * header.height() * 3];
  }

  RgbImage read(PngData data) throws ImageRejectedException {
    for (int[] pass : header.interlaced() ? PASSES : ONE_PASS) {
      int width = steps(header.width(), pass[0], pass[2]);
      int height = steps(header.height(), pass[1], pass[3]);
      if (width > 0 && height > 0) {
        readPass(data, pass, width, height);
      }
    }
    return new RgbImage(header.width(), header.height(), rgb);
  }

  private static int steps(int length, int first, int step) {
    return (length - first + step - 1) / step;
  }

  private void readPass(PngData data, int[] pass, int width, int height)
      throws ImageRejectedException {
    int rowBytes = Math.toIntExact(header.rowBytes(width));
    int back = Math.max(1, header.channels() * header.depth() / 8);
    byte[] row = new byte[rowBytes];
    byte[] above = new byte[rowBytes];
    byte[] filter = new byte[1];
    for (int y = 0; y < height; y++) {
      data.readFully(filter, 1);
      data.readFully(row, rowBytes);
      unfilter(filter[0], row, above, back);
      int first = (pass[1] + y * pass[3]) * header.width() + pass[0];
      emit(row, width, 3 * first, 3 * pass[2]);
      byte[] spare = above;
      above = row;
      row = spare;
    }
  }

  private static void unfilter(int filter, byte[] row, byte[] above, int back)
      throws ImageRejectedException {
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = back; i < row.length; i++) {
          row[i] += row[i - back];
        }
      }
      case 2 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < row.length; i++) {
          int left = i < back ? 0 : row[i - back] & 0xff;
          row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
        }
      }
      case 4 -> paeth(row, above, back);
      default -> throw PngHeader.undecodable("PNG row with filter " + (filter & 0xff));
    }
  }

  private static void paeth(byte[] row, byte[] above, int back) {
    for (int i = 0; i < Math.min(back, row.length); i++) {
      row[i] += above[i];
    }
    for (int i = back; i < row.length; i++) {
      int a = row[i - back] & 0xff;
      int b = above[i] & 0xff;
      int c = above[i - back] & 0xff;
      int pa = Math.abs(b - c);
      int pb = Math.abs(a - c);
      int pc = Math.abs(a + b - c - c);
      row[i] += (byte) (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
    }
  }

  /** Writes a row's pixels to {@code rgb} from {@code out}, {@code step} bytes apart. */
  private void emit(byte[] row, int width, int out, int step) {
    int bytes = header.depth() == 16 ? 2 : 1;
    int pixel = header.channels() * bytes;
    switch (header.colour()) {
      case 2, 6 -> {
        for (int i = 0, in = 0, to = out; i < width; i++, in += pixel, to += step) {
          rgb[to] = row[in];
          rgb[to + 1] = row[in + bytes];
          rgb[to + 2] = row[in + 2 * bytes];
        }
      }
      case 3 -> {
        for (int i = 0, to = out; i < width; i++, to += step) {
          System.arraycopy(palette, 3 * packed(row, i), rgb, to, 3);
        }
      }
      default -> {
        int scale = header.depth() < 8 ? 255 / ((1 << header.depth()) - 1) : 1;
        for (int i = 0, to = out; i < width; i++, to += step) {
          byte grey = header.depth() < 8 ? (byte) (packed(row, i) * scale) : row[i * pixel];
          rgb[to] = grey;
          rgb[to + 1] = grey;
          rgb[to + 2] = grey;
        }
      }
    }
  }

  /** Sample {@code i} of a row of one channel with at most 8 bits. */
  private int packed(byte[] row, int i) {
    int bit = i * header.depth();
    return (row[bit >> 3] & 0xff) >> (8 - header.depth() - (bit & 7)) & ((1 << header.depth()) - 1);
  }
}
