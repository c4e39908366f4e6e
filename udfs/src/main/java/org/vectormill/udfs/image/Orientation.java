package org.vectormill.udfs.image;

/** EXIF orientation: how stored pixels are turned and mirrored to stand upright. */
final class Orientation {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  /** The image turned as orientation 1..8 asks; the same object for 1. */
  static RgbImage upright(RgbImage image, int orientation) {
    int w = image.width();
    int h = image.height();
    return switch (orientation) {
      case 2 -> walk(image, w, h, w - 1, -1, w);
      case 3 -> walk(image, w, h, w * h - 1, -1, -w);
      case 4 -> walk(image, w, h, w * (h - 1), 1, -w);
      case 5 -> walk(image, h, w, 0, w, 1);
      case 6 -> walk(image, h, w, w * (h - 1), -w, 1);
      case 7 -> walk(image, h, w, w * h - 1, -w, -1);
      case 8 -> walk(image, h, w, w - 1, w, -1);
      default -> image;
    };
  }

  /** Pixels from {@code start}, {@code dx} apart along a row and {@code dy} apart down a column. */
  private static RgbImage walk(RgbImage image, int width, int height, int start, int dx, int dy) {
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int out = 0;
    for (int y = 0; y < height; y++) {
      int in = 3 * (start + y * dy);
      for (int x = 0; x < width; x++, in += 3 * dx, out += 3) {
        to[out] = from[in];
        to[out + 1] = from[in + 1];
        to[out + 2] = from[in + 2];
      }
    }
    return new RgbImage(width, height, to);
  }

  /**
   * Orientation in an EXIF block (a small TIFF) at {@code start}; 1 where it has none, or is
   * damaged: a picture is worth more than its metadata.
   */
  static int ofExif(ByteView file, long start, long end) {
    try {
      boolean little = file.matches(start, "II*\0");
      if (!little && !file.matches(start, "MM\0*")) {
        return 1;
      }
      long directory = start + u32(file, start + 4, little);
      int entries = u16(file, directory, little);
      for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= end; i++) {
        long entry = directory + 2 + 12L * i;
        if (u16(file, entry, little) == TAG && u16(file, entry + 2, little) == SHORT) {
          return valid(u16(file, entry + 8, little));
        }
      }
    } catch (ImageRejectedException e) {
      return 1;
    }
    return 1;
  }

  static int valid(int orientation) {
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }

  private static int u16(ByteView file, long at, boolean little) throws ImageRejectedException {
    return little ? file.u16le(at) : file.u16be(at);
  }

  private static long u32(ByteView file, long at, boolean little) throws ImageRejectedException {
    return little ? file.u32le(at) : file.u32be(at);
  }

  private Orientation() {}
}
