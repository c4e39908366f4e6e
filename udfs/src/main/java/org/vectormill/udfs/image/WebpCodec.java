package org.vectormill.udfs.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import org.vectormill.schemas.RejectReason;

/** WebP, lossy and lossless, decoded by TwelveMonkeys; of an animation the first frame. */
final class WebpCodec implements Codec {
  private static final int FIRST_CHUNK = 12;

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    if (!file.matches(FIRST_CHUNK, "VP8X")) {
      return bitstream(file, FIRST_CHUNK, 1);
    }
    return new ImageHeader(
        ImageFormat.WEBP, u24(file, 24) + 1, u24(file, 27) + 1, orientation(file));
  }

  /** Size in the bitstream chunk at {@code at}. */
  private static ImageHeader bitstream(ByteView file, long at, int orientation)
      throws ImageRejectedException {
    if (file.matches(at, "VP8 ")) {
      file.require(at + 18, "the VP8 frame header");
      if (!file.matches(at + 11, "\u009d\u0001\u002a")) {
        throw undecodable("WebP with a VP8 frame that is no key frame");
      }
      int width = file.u16le(at + 14) & 0x3fff;
      int height = file.u16le(at + 16) & 0x3fff;
      return new ImageHeader(ImageFormat.WEBP, width, height, orientation);
    }
    if (file.matches(at, "VP8L")) {
      if (file.u8(at + 8) != 0x2f) {
        throw undecodable("WebP with a VP8L chunk of a wrong signature");
      }
      long bits = file.u32le(at + 9);
      int width = (int) (bits & 0x3fff) + 1;
      int height = (int) (bits >> 14 & 0x3fff) + 1;
      return new ImageHeader(ImageFormat.WEBP, width, height, orientation);
    }
    file.require(at + 4, "a WebP chunk");
    throw undecodable("WebP without a VP8, VP8L or VP8X chunk at byte " + at);
  }

  private static int orientation(ByteView file) throws ImageRejectedException {
    long at = FIRST_CHUNK;
    while (at + 8 <= file.length()) {
      long content = at + 8;
      long end = content + file.u32le(at + 4);
      if (file.matches(at, "EXIF")) {
        boolean prefixed = file.matches(content, "Exif\0\0");
        return Orientation.ofExif(file, prefixed ? content + 6 : content, end);
      }
      at = end + (end & 1);
    }
    return 1;
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    long end = 8 + file.u32le(4);
    file.require(end, "the RIFF container");
    long at = FIRST_CHUNK;
    ImageHeader canvas = header(file);
    boolean image = false;
    while (at + 8 <= end) {
      long next = at + 8 + file.u32le(at + 4);
      file.require(next, "a WebP chunk");
      if (file.matches(at, "VP8 ") || file.matches(at, "VP8L")) {
        requireSize(bitstream(file, at, 1), canvas.width(), canvas.height());
        image = true;
      } else if (file.matches(at, "ANMF")) {
        requireFrame(file, at, next, canvas);
        image = true;
      }
      at = next + (next & 1);
    }
    if (!image) {
      throw undecodable("WebP without image data");
    }
  }

  /** The frame of an animation must lie inside the canvas and hold a bitstream of its own size. */
  private static void requireFrame(ByteView file, long at, long end, ImageHeader canvas)
      throws ImageRejectedException {
    int width = u24(file, at + 14) + 1;
    int height = u24(file, at + 17) + 1;
    boolean inside =
        2L * u24(file, at + 8) + width <= canvas.width()
            && 2L * u24(file, at + 11) + height <= canvas.height();
    if (!inside) {
      throw undecodable(
          "WebP animation frame of " + width + " x " + height + " outside its canvas");
    }
    long chunk = at + 24;
    if (file.matches(chunk, "ALPH")) {
      long size = file.u32le(chunk + 4);
      chunk += 8 + size + (size & 1);
    }
    file.require(Math.min(chunk + 8, end), "a WebP animation frame");
    requireSize(bitstream(file, chunk, 1), width, height);
  }

  private static void requireSize(ImageHeader found, int width, int height)
      throws ImageRejectedException {
    if (found.width() != width || found.height() != height) {
      throw undecodable(
          "WebP bitstream of "
              + found.width()
              + " x "
              + found.height()
              + (" pixels, its container says " + width + " x " + height));
    }
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header) throws IOException {
    ImageReader reader = Readers.webp();
    try {
      reader.setInput(new ByteArrayImageInput(file.bytes()), true, true);
      return BufferedPixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  private static int u24(ByteView file, long at) throws ImageRejectedException {
    return file.u16le(at) | file.u8(at + 2) << 16;
  }

  private static ImageRejectedException undecodable(String message) {
    return new ImageRejectedException(RejectReason.UNDECODABLE, message);
  }
}
