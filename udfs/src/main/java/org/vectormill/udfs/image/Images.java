package org.vectormill.udfs.image;

/** Reads image headers and decodes images; the front door of this package. */
public final class Images {
  /**
   * The header of an encoded image.
   *
   * @throws ImageRejectedException {@code EMPTY}, {@code NOT_AN_IMAGE}, {@code TRUNCATED} or {@code
   *     UNDECODABLE}
   */
  public static ImageHeader header(byte[] encoded) throws ImageRejectedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Header, then the pixel limit, then a check that the content is complete: what {@code ingest}
   * asks of an image before it becomes an item.
   *
   * @throws ImageRejectedException as {@link #header}, and {@code PIXEL_LIMIT}
   */
  public static ImageHeader check(byte[] encoded, long maxPixels) throws ImageRejectedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Decoded pixels: first frame, alpha blended as Pillow's {@code convert("RGB")} does (dropped),
   * 16 bits scaled to 8, CMYK converted, EXIF orientation applied.
   *
   * @throws ImageRejectedException as {@link #check}
   */
  public static RgbImage decode(byte[] encoded, long maxPixels) throws ImageRejectedException {
    throw new UnsupportedOperationException();
  }

  private Images() {}
}
