package org.vectormill.udfs.image;

/** Turns decoded images into a model's input, by one {@link PreprocessorSpec}. Thread-safe. */
public final class Preprocessor {
  public Preprocessor(PreprocessorSpec spec) {
    throw new UnsupportedOperationException();
  }

  /** Width of every prepared image, 0 where it follows the image. */
  public int width() {
    throw new UnsupportedOperationException();
  }

  /** Height of every prepared image, 0 where it follows the image. */
  public int height() {
    throw new UnsupportedOperationException();
  }

  /** Resized and cropped, still eight bits. */
  public RgbImage resizeAndCrop(RgbImage image) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the prepared image's {@code 3 * width * height} floats into {@code target} from {@code
   * offset}, in the spec's layout and channel order.
   */
  public void prepare(RgbImage image, float[] target, int offset) {
    throw new UnsupportedOperationException();
  }
}
