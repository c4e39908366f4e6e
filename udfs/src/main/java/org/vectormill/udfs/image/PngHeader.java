package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/**
 * The IHDR chunk of a PNG (ISO/IEC 15948).
 *
 * @param depth bits a sample: 1, 2, 4, 8 or 16
 * @param colour colour type: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha
 */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {
  static final long FIRST_CHUNK = 8;

  static PngHeader read(ByteView file) throws ImageRejectedException {
    if (file.length() >= 16 && !(file.u32be(8) == 13 && file.matches(12, "IHDR"))) {
      throw undecodable("PNG does not begin with an IHDR chunk");
    }
    long width = file.u32be(16);
    long height = file.u32be(20);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw undecodable("PNG of " + width + " x " + height + " pixels");
    }
    int depth = file.u8(24);
    int colour = file.u8(25);
    int method = file.u8(26) | file.u8(27);
    int interlace = file.u8(28);
    if (!allowed(depth, colour) || method != 0 || interlace > 1) {
      throw undecodable(
          "PNG of colour type " + colour + " and depth " + depth + " or of an unknown method");
    }
    return new PngHeader((int) width, (int) height, depth, colour, interlace == 1);
  }

  private static boolean allowed(int depth, int colour) {
    return switch (colour) {
      case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  /** Samples a pixel. */
  int channels() {
    return switch (colour) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of this many pixels, without its filter byte. */
  long rowBytes(int pixels) {
    return ((long) pixels * channels() * depth + 7) / 8;
  }

  static ImageRejectedException undecodable(String message) {
    return new ImageRejectedException(RejectReason.UNDECODABLE, message);
  }
}
