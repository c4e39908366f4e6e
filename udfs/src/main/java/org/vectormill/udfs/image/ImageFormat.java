package org.vectormill.udfs.image;

import java.util.List;
import java.util.Locale;

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
}
