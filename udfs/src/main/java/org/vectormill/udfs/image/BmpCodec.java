package org.vectormill.udfs.image;

import java.io.IOException;
import java.util.Set;
import javax.imageio.ImageReader;
import org.vectormill.schemas.RejectReason;

/** Windows and OS/2 bitmaps, decoded by the JDK. */
final class BmpCodec implements Codec {
  private static final int CORE = 12;
  private static final Set<Long> HEADER_SIZES = Set.of(12L, 40L, 52L, 56L, 64L, 108L, 124L);
  private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

  /** Two letters are a weak signature; the size of the second header makes it a strong one. */
  static boolean plausible(ByteView file) {
    try {
      return HEADER_SIZES.contains(file.u32le(14));
    } catch (ImageRejectedException e) {
      return false;
    }
  }

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    if (file.u32le(14) == CORE) {
      return new ImageHeader(ImageFormat.BMP, file.u16le(18), file.u16le(20), 1);
    }
    int width = (int) file.u32le(18);
    int height = (int) file.u32le(22);
    return new ImageHeader(ImageFormat.BMP, width, height < 0 ? -height : height, 1);
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    ImageHeader header = header(file);
    boolean core = file.u32le(14) == CORE;
    int depth = file.u16le(core ? 24 : 28);
    long compression = core ? 0 : file.u32le(30);
    if (!DEPTHS.contains(depth) || compression > 3) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE,
          "BMP of depth " + depth + " and compression " + compression + " is not read");
    }
    long start = file.u32le(10);
    boolean runLength = compression == 1 || compression == 2;
    long size =
        runLength
            ? file.u32le(34)
            : ((long) header.width() * depth + 31) / 32 * 4 * header.height();
    file.require(start + size, "the BMP pixel array");
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header) throws IOException {
    ImageReader reader = Readers.bmp();
    try {
      reader.setInput(new ByteArrayImageInput(file.bytes()), true, true);
      return BufferedPixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
