package org.vectormill.udfs.deep.network;

import java.io.Serializable;

/** Shape of an image in a vector: planes of rows of pixels. */
public record ImageShape(int channels, int height, int width) implements Serializable {
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image of %d x %d x %d".formatted(channels, height, width));
    }
  }

  /** Values of an image. */
  public int size() {
    return channels * height * width;
  }
}
