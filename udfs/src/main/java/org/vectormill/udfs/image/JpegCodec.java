package org.vectormill.udfs.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * JPEG through the JDK's own libjpeg, which converts YCbCr to RGB with the same arithmetic as
 * Pillow's. It is handed the coded data without application segments, so that no damaged profile or
 * thumbnail, and no guess from metadata, comes between; colour is decided here.
 */
final class JpegCodec implements Codec {
  private static final byte[] SOI_AND_JFIF = {
    (byte) 0xff,
    (byte) 0xd8,
    (byte) 0xff,
    (byte) 0xe0,
    0,
    16,
    'J',
    'F',
    'I',
    'F',
    0,
    1,
    1,
    0,
    0,
    1,
    0,
    1,
    0,
    0
  };

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    JpegFrame frame = JpegFrame.read(file);
    return new ImageHeader(ImageFormat.JPEG, frame.width(), frame.height(), frame.orientation());
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    byte[] bytes = file.bytes();
    int last = bytes.length - 1;
    int at = JpegFrame.read(file).scan();
    while (at < last) {
      if (bytes[at] != (byte) 0xff) {
        at++;
        continue;
      }
      int marker = bytes[at + 1] & 0xff;
      if (marker == JpegFrame.EOI) {
        return;
      }
      if (marker == 0xff) {
        at++;
      } else if (marker == 0 || JpegFrame.standsAlone(marker)) {
        at += 2;
      } else {
        at = (int) Math.min(last, at + 2L + file.u16be(at + 2));
      }
    }
    file.require(bytes.length + 2L, "JPEG scan data without an end-of-image marker, which");
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header)
      throws ImageRejectedException, IOException {
    JpegFrame frame = JpegFrame.read(file);
    ImageReader reader = Readers.jpeg();
    try {
      reader.setInput(new ByteArrayImageInput(coded(file, frame)), true, true);
      if (frame.components() == 3 && frame.isYcc()) {
        return new RgbImage(frame.width(), frame.height(), converted(reader, frame));
      }
      byte[] samples = raw(reader, frame);
      return new RgbImage(
          frame.width(),
          frame.height(),
          switch (frame.components()) {
            case 1 -> Samples.greyToRgb(samples);
            case 3 -> samples;
            default ->
                Samples.invertedCmykToRgb(frame.isYcc() ? Samples.ycckToCmyk(samples) : samples);
          });
    } finally {
      reader.dispose();
    }
  }

  /** RGB that libjpeg converts itself, straight into the array that becomes the image. */
  private static byte[] converted(ImageReader reader, JpegFrame frame) throws IOException {
    ImageTypeSpecifier rgb =
        ImageTypeSpecifier.createInterleaved(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            new int[] {0, 1, 2},
            DataBuffer.TYPE_BYTE,
            false,
            false);
    BufferedImage image = rgb.createBufferedImage(frame.width(), frame.height());
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(image);
    reader.read(0, param);
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  /** Samples as coded, interleaved. */
  private static byte[] raw(ImageReader reader, JpegFrame frame) throws IOException {
    Raster raster = reader.readRaster(0, null);
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    if (samples.length != (long) frame.width() * frame.height() * frame.components()) {
      throw new IOException("decoder gave " + samples.length + " samples");
    }
    return samples;
  }

  /** The file with its metadata segments before the first scan replaced by one plain JFIF. */
  private static byte[] coded(ByteView file, JpegFrame frame) throws ImageRejectedException {
    byte[] from = file.bytes();
    byte[] to = new byte[SOI_AND_JFIF.length + from.length];
    System.arraycopy(SOI_AND_JFIF, 0, to, 0, SOI_AND_JFIF.length);
    int out = SOI_AND_JFIF.length;
    long at = JpegFrame.nextMarker(file, 2);
    while (at < frame.scan()) {
      int marker = file.u8(at + 1);
      int length = JpegFrame.standsAlone(marker) ? 2 : 2 + file.u16be(at + 2);
      if (length > 2 && !JpegFrame.isMetadata(marker)) {
        System.arraycopy(from, (int) at, to, out, length);
        out += length;
      }
      at = JpegFrame.nextMarker(file, at + length);
    }
    System.arraycopy(from, frame.scan(), to, out, from.length - frame.scan());
    return java.util.Arrays.copyOf(to, out + from.length - frame.scan());
  }
}
