package org.vectormill.udfs.image;

/** Turns decoded images into a model's input, by one {@link PreprocessorSpec}. Thread-safe. */
public final class Preprocessor {
  private static final int VALUES = 256;

  private final PreprocessorSpec spec;

  /** Output of each sample value, for each of the tensor's channels. */
  private final float[] table = new float[3 * VALUES];

  public Preprocessor(PreprocessorSpec spec) {
    this.spec = spec;
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < VALUES; v++) {
        table[c * VALUES + v] =
            (float) ((v * spec.scale() - spec.mean().get(c)) / spec.std().get(c));
      }
    }
  }

  /** Width of every prepared image, 0 where it follows the image. */
  public int width() {
    return spec.cropWidth() > 0 ? spec.cropWidth() : spec.resizeWidth();
  }

  /** Height of every prepared image, 0 where it follows the image. */
  public int height() {
    return spec.cropHeight() > 0 ? spec.cropHeight() : spec.resizeHeight();
  }

  /**
   * Resized and cropped, still eight bits. Black surrounds an image that is smaller than its crop.
   *
   * @throws ImageRejectedException ({@code UNDECODABLE}) for an image so thin that it can't be
   *     resized
   */
  public RgbImage resizeAndCrop(RgbImage image) throws ImageRejectedException {
    Window window = spec.window(image.width(), image.height());
    int left = Math.max(0, window.left());
    int top = Math.max(0, window.top());
    int width = Math.min(window.fullWidth(), window.left() + window.width()) - left;
    int height = Math.min(window.fullHeight(), window.top() + window.height()) - top;
    Window inside = new Window(window.fullWidth(), window.fullHeight(), left, top, width, height);
    RgbImage kept = Resampler.resize(image, spec.interpolation(), inside);
    if (width == window.width() && height == window.height()) {
      return kept;
    }
    return pad(kept, window, left - window.left(), top - window.top());
  }

  private static RgbImage pad(RgbImage kept, Window window, int left, int top) {
    byte[] out = new byte[window.width() * window.height() * 3];
    for (int y = 0; y < kept.height(); y++) {
      int to = 3 * ((top + y) * window.width() + left);
      System.arraycopy(kept.pixels(), 3 * y * kept.width(), out, to, 3 * kept.width());
    }
    return new RgbImage(window.width(), window.height(), out);
  }

  /**
   * Writes the prepared image's {@code 3 * width * height} floats into {@code target} from {@code
   * offset}, in the spec's layout and channel order.
   *
   * @throws ImageRejectedException as {@link #resizeAndCrop}
   */
  public void prepare(RgbImage image, float[] target, int offset) throws ImageRejectedException {
    byte[] rgb = resizeAndCrop(image).pixels();
    boolean planar = spec.layout().equals("NCHW");
    int size = rgb.length / 3;
    for (int c = 0; c < 3; c++) {
      int source = spec.channelOrder().equals("RGB") ? c : 2 - c;
      int step = planar ? 1 : 3;
      int out = offset + (planar ? c * size : c);
      for (int in = source; in < rgb.length; in += 3, out += step) {
        target[out] = table[c * VALUES + (rgb[in] & 0xff)];
      }
    }
  }
}
