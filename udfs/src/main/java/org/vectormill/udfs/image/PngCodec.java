package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/** PNG, every colour type, depth and interlace; gamma, profiles and transparency are left out. */
final class PngCodec implements Codec {
  /** Most bytes that one byte of a deflate stream can stand for. */
  private static final long DEFLATE_RATIO = 1032;

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    PngHeader header = PngHeader.read(file);
    return new ImageHeader(ImageFormat.PNG, header.width(), header.height(), orientation(file));
  }

  private static int orientation(ByteView file) throws ImageRejectedException {
    long at = PngHeader.FIRST_CHUNK;
    while (at + 12 <= file.length()) {
      long end = at + 12 + file.u32be(at);
      if (file.matches(at + 4, "eXIf")) {
        return Orientation.ofExif(file, at + 8, end - 4);
      }
      at = end;
    }
    return 1;
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    PngHeader header = PngHeader.read(file);
    long at = PngHeader.FIRST_CHUNK;
    long data = 0;
    boolean more = true;
    while (more) {
      file.require(at + 12, "a PNG chunk");
      long length = file.u32be(at);
      file.require(at + 12 + length, "a PNG chunk");
      data += file.matches(at + 4, "IDAT") ? length : 0;
      more = !file.matches(at + 4, "IEND");
      at += 12 + length;
    }
    if (header.rowBytes(header.width()) * header.height() > (data + 1) * DEFLATE_RATIO) {
      throw new ImageRejectedException(
          RejectReason.TRUNCATED,
          "PNG of "
              + header.width()
              + " x "
              + header.height()
              + " pixels holds "
              + data
              + " bytes of image data");
    }
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header) throws ImageRejectedException {
    PngHeader png = PngHeader.read(file);
    byte[] palette = png.colour() == 3 ? palette(file) : null;
    try (PngData data = new PngData(file)) {
      return new PngPixels(png, palette).read(data);
    }
  }

  /** 256 RGB entries; those that the file leaves out are the grey ramp, as Pillow has them. */
  private static byte[] palette(ByteView file) throws ImageRejectedException {
    byte[] palette = new byte[768];
    for (int i = 0; i < 768; i++) {
      palette[i] = (byte) (i / 3);
    }
    long at = PngHeader.FIRST_CHUNK;
    while (!file.matches(at + 4, "IEND")) {
      long length = file.u32be(at);
      if (file.matches(at + 4, "PLTE")) {
        System.arraycopy(file.bytes(), (int) at + 8, palette, 0, (int) Math.min(768, length));
        return palette;
      }
      at += 12 + length;
    }
    throw PngHeader.undecodable("PNG with a palette colour type has no palette");
  }
}
