package org.vectormill.udfs.image;

import java.util.List;
import java.util.Locale;
import org.vectormill.schemas.RejectReason;

/** Image formats that are read; what the bytes say counts, not the extension. */
public enum ImageFormat {
  JPEG("jpg", "jpeg", "jpe", "jfif"),
  PNG("png"),
  GIF("gif"),
  BMP("bmp", "dib"),
  TIFF("tif", "tiff"),
  WEBP("webp");

  private final List<String> extensions;

  ImageFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** Lower-case file extensions without the dot. */
  public List<String> extensions() {
    return extensions;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that the first bytes name.
   *
   * @throws ImageRejectedException {@code EMPTY} for no bytes, {@code NOT_AN_IMAGE} for others
   */
  static ImageFormat sniff(ByteView file) throws ImageRejectedException {
    if (file.length() == 0) {
      throw new ImageRejectedException(RejectReason.EMPTY, "the file has no bytes");
    }
    for (ImageFormat format : values()) {
      if (format.begins(file)) {
        return format;
      }
    }
    throw new ImageRejectedException(
        RejectReason.NOT_AN_IMAGE,
        "the first bytes are of no format that is read: JPEG, PNG, GIF, BMP, TIFF, WebP");
  }

  private boolean begins(ByteView file) {
    return switch (this) {
      case JPEG -> file.matches(0, "\u00ff\u00d8\u00ff");
      case PNG -> file.matches(0, "\u0089PNG\r\n\u001a\n");
      case GIF -> file.matches(0, "GIF87a") || file.matches(0, "GIF89a");
      case BMP -> file.matches(0, "BM") && BmpCodec.plausible(file);
      case TIFF -> file.matches(0, "II*\0") || file.matches(0, "MM\0*");
      case WEBP -> file.matches(0, "RIFF") && file.matches(8, "WEBP");
    };
  }
}
