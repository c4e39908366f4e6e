package org.vectormill.udfs.image;

/** Colour arithmetic on interleaved eight-bit samples, as libjpeg and Pillow do it. */
final class Samples {
  /** Each value three times. */
  static byte[] greyToRgb(byte[] grey) {
    byte[] rgb = new byte[grey.length * 3];
    for (int i = 0, out = 0; i < grey.length; i++, out += 3) {
      rgb[out] = grey[i];
      rgb[out + 1] = grey[i];
      rgb[out + 2] = grey[i];
    }
    return rgb;
  }

  /** Adobe's YCCK to its (inverted) CMYK, in place: K stays. */
  static byte[] ycckToCmyk(byte[] samples) {
    for (int i = 0; i + 3 < samples.length; i += 4) {
      int y = samples[i] & 0xff;
      int cb = (samples[i + 1] & 0xff) - 128;
      int cr = (samples[i + 2] & 0xff) - 128;
      // ITU-R BT.601 factors in 16-bit fixed point, rounded as libjpeg rounds them.
      samples[i] = (byte) ~clamp(y + ((91881 * cr + 32768) >> 16));
      samples[i + 1] = (byte) ~clamp(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
      samples[i + 2] = (byte) ~clamp(y + ((116130 * cb + 32768) >> 16));
    }
    return samples;
  }

  /** CMYK stored inverted (0 is full ink), as every JPEG in practice holds it, to RGB. */
  static byte[] invertedCmykToRgb(byte[] cmyk) {
    byte[] rgb = new byte[cmyk.length / 4 * 3];
    for (int i = 0, out = 0; i + 3 < cmyk.length; i += 4, out += 3) {
      int notK = cmyk[i + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int ink = 255 - (cmyk[i + c] & 0xff);
        rgb[out + c] = (byte) clamp(notK - over255(ink * notK));
      }
    }
    return rgb;
  }

  /** Rounded {@code value / 255} for a product of two bytes, without a division. */
  private static int over255(int value) {
    int v = value + 128;
    return (v + (v >> 8)) >> 8;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private Samples() {}
}
