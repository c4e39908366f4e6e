package org.vectormill.udfs.image;

/**
 * What an image's first bytes say, read without decoding.
 *
 * @param width pixels, before orientation
 * @param height pixels, before orientation
 * @param orientation EXIF orientation 1..8; 1 where there is none
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation) {
  public long pixels() {
    return (long) width * height;
  }
}
