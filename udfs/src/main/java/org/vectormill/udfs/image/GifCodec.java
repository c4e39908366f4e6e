package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/** The first frame of a GIF, on a canvas of its logical screen. */
final class GifCodec implements Codec {
  private static final int[][] INTERLACE = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
  private static final int[][] IN_ORDER = {{0, 1}};

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    GifFrame frame = GifFrame.read(file);
    return new ImageHeader(ImageFormat.GIF, frame.width(), frame.height(), 1);
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    GifFrame.requireComplete(file);
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header) throws ImageRejectedException {
    GifFrame frame = GifFrame.read(file);
    byte[] palette = palette(file, frame);
    byte[] rgb = new byte[frame.width() * frame.height() * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      System.arraycopy(palette, 3 * frame.fill(), rgb, i, 3);
    }
    GifLzw codes = new GifLzw(file, frame.data());
    byte[] row = new byte[frame.frameWidth()];
    for (int[] pass : frame.interlaced() ? INTERLACE : IN_ORDER) {
      for (int y = pass[0]; y < frame.frameHeight(); y += pass[1]) {
        if (codes.read(row) < row.length) {
          throw new ImageRejectedException(
              RejectReason.TRUNCATED, "GIF image data ends before the last row");
        }
        int out = 3 * ((frame.top() + y) * frame.width() + frame.left());
        for (byte index : row) {
          System.arraycopy(palette, 3 * (index & 0xff), rgb, out, 3);
          out += 3;
        }
      }
    }
    return new RgbImage(frame.width(), frame.height(), rgb);
  }

  /** 256 RGB entries; those that the file leaves out are the grey ramp, as Pillow has them. */
  private static byte[] palette(ByteView file, GifFrame frame) throws ImageRejectedException {
    byte[] palette = new byte[768];
    for (int i = 0; i < 768; i++) {
      palette[i] = (byte) (i / 3);
    }
    if (frame.palette() >= 0) {
      file.require(frame.palette() + 3L * frame.paletteSize(), "the GIF palette");
      System.arraycopy(file.bytes(), (int) frame.palette(), palette, 0, 3 * frame.paletteSize());
    }
    return palette;
  }
}
