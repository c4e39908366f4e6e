package org.vectormill.udfs.image;

/**
 * The part of a resized image that is kept: columns {@code left..left + width - 1}, rows {@code
 * top..top + height - 1} of an image of {@code fullWidth x fullHeight}.
 */
record Window(int fullWidth, int fullHeight, int left, int top, int width, int height) {
  /** All of a resized image. */
  static Window whole(int width, int height) {
    return new Window(width, height, 0, 0, width, height);
  }
}
