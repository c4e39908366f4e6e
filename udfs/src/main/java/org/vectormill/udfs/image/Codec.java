package org.vectormill.udfs.image;

import java.io.IOException;

/** What each image format is asked for. Implementations hold no state. */
interface Codec {
  /** Size and orientation, from the first bytes. */
  ImageHeader header(ByteView file) throws ImageRejectedException;

  /** Refuses, as {@code TRUNCATED}, a file that ends before its content does; decodes nothing. */
  void requireComplete(ByteView file) throws ImageRejectedException;

  /**
   * Pixels as stored, before orientation is applied; {@code header} is this codec's own and within
   * the pixel limit. Whatever it throws is the file's fault.
   */
  RgbImage decode(ByteView file, ImageHeader header) throws ImageRejectedException, IOException;

  /** The codec of a format. */
  static Codec of(ImageFormat format) {
    return switch (format) {
      case JPEG -> new JpegCodec();
      case PNG -> new PngCodec();
      case GIF -> new GifCodec();
      case BMP -> new BmpCodec();
      case TIFF -> new TiffCodec();
      case WEBP -> new WebpCodec();
    };
  }
}
