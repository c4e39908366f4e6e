package org.vectormill.udfs.builtin;

import java.util.List;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Preprocessor;
import org.vectormill.udfs.image.PreprocessorSpec;
import org.vectormill.udfs.image.PreprocessorSpec.CropRounding;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;
import org.vectormill.udfs.image.RgbImage;

/**
 * A handcrafted image descriptor of three blocks, each of unit length times a fixed weight (or all
 * zero where the image has nothing to say): how much of which colour, where the colours lie, where
 * edges run and which way.
 *
 * <p>The second is MPEG-7's colour layout (low frequencies of a cosine transform of a YCbCr
 * thumbnail); the third histograms of oriented gradients, Dalal and Triggs 2005. Only exactly
 * rounded operations are used, so values don't depend on the machine.
 */
final class ImageFeatures {
  private static final int SIDE = 64;
  private static final double COLOUR_WEIGHT = 0.3;
  private static final double LAYOUT_WEIGHT = 0.4;
  private static final double EDGE_WEIGHT = 1.0;

  /** Length of a descriptor. */
  static final int DIMENSION = ColourHistogram.LENGTH + ColourLayout.LENGTH + EdgeHistogram.LENGTH;

  private static final Preprocessor SQUARE =
      new Preprocessor(
          new PreprocessorSpec(
              0,
              SIDE,
              SIDE,
              Interpolation.BILINEAR,
              0,
              0,
              CropRounding.DOWN,
              1,
              List.of(0.0, 0.0, 0.0),
              List.of(1.0, 1.0, 1.0),
              "RGB",
              "NHWC",
              "uint8"));

  /** The image's {@link #DIMENSION} values: colours, layout, edges. Never all zero. */
  static double[] of(RgbImage image) throws ImageRejectedException {
    byte[] rgb = SQUARE.resizeAndCrop(image).pixels();
    double[] all = new double[DIMENSION];
    int at = put(ColourHistogram.of(rgb), COLOUR_WEIGHT, all, 0);
    at = put(ColourLayout.of(rgb, SIDE), LAYOUT_WEIGHT, all, at);
    put(EdgeHistogram.of(rgb, SIDE), EDGE_WEIGHT, all, at);
    return all;
  }

  private static int put(double[] block, double weight, double[] to, int offset) {
    double sum = 0;
    for (double v : block) {
      sum += v * v;
    }
    double factor = sum == 0 ? 0 : weight / Math.sqrt(sum);
    for (int i = 0; i < block.length; i++) {
      to[offset + i] = block[i] * factor;
    }
    return offset + block.length;
  }

  private ImageFeatures() {}
}
