package org.vectormill.udfs.image;

import java.io.IOException;
import org.vectormill.schemas.RejectReason;

/** Reads image headers and decodes images; the front door of this package. */
public final class Images {
  /** Largest pixel count whose three-byte pixels fit one array. */
  private static final long MOST_PIXELS = (Integer.MAX_VALUE - 64) / 3;

  /**
   * The header of an encoded image.
   *
   * @throws ImageRejectedException {@code EMPTY}, {@code NOT_AN_IMAGE}, {@code TRUNCATED} or {@code
   *     UNDECODABLE}
   */
  public static ImageHeader header(byte[] encoded) throws ImageRejectedException {
    ByteView file = new ByteView(encoded);
    ImageHeader header = Codec.of(ImageFormat.sniff(file)).header(file);
    if (header.width() < 1 || header.height() < 1) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE,
          header.format().code() + " of " + header.width() + " x " + header.height() + " pixels");
    }
    return header;
  }

  /**
   * Header, then the pixel limit, then a check that the content is complete: what {@code ingest}
   * asks of an image before it becomes an item.
   *
   * @throws ImageRejectedException as {@link #header}, and {@code PIXEL_LIMIT}
   */
  public static ImageHeader check(byte[] encoded, long maxPixels) throws ImageRejectedException {
    ImageHeader header = header(encoded);
    long limit = Math.min(maxPixels, MOST_PIXELS);
    if (header.pixels() > limit) {
      throw new ImageRejectedException(
          RejectReason.PIXEL_LIMIT,
          header.format().code()
              + (" of " + header.width() + " x " + header.height() + " pixels")
              + (" = " + header.pixels() + ", limit " + limit));
    }
    Codec.of(header.format()).requireComplete(new ByteView(encoded));
    return header;
  }

  /**
   * Decoded pixels, as Pillow's {@code ImageOps.exif_transpose(image).convert("RGB")} gives them:
   * first frame, alpha dropped, CMYK converted without a profile, EXIF orientation applied. Samples
   * of 16 bits keep their high byte (where Pillow clips 16-bit grey at 255 instead).
   *
   * <p>Running out of memory is the caller's affair and passes through.
   *
   * @throws ImageRejectedException as {@link #check}
   */
  public static RgbImage decode(byte[] encoded, long maxPixels) throws ImageRejectedException {
    ImageHeader header = check(encoded, maxPixels);
    return Orientation.upright(pixels(new ByteView(encoded), header), header.orientation());
  }

  /** Decoders of hostile bytes fail in any way; each of them is the file's fault. */
  private static RgbImage pixels(ByteView file, ImageHeader header) throws ImageRejectedException {
    try {
      return Codec.of(header.format()).decode(file, header);
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE, header.format().code() + " can't be decoded: " + e, e);
    }
  }

  private Images() {}
}
