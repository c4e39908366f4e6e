package org.vectormill.udfs.image;

/**
 * Eight-bit RGB pixels, row-major, three bytes a pixel, upright (EXIF orientation applied).
 *
 * @param pixels {@code width * height * 3} bytes, owned by the image
 */
public record RgbImage(int width, int height, byte[] pixels) {}
