package org.vectormill.udfs.image;

import java.io.Serializable;
import java.util.List;

/**
 * How a decoded image becomes a model's input tensor.
 *
 * @param resizeShortest length of the shorter side after resizing, aspect kept; 0 where {@code
 *     resizeWidth} and {@code resizeHeight} hold, or nothing is resized
 * @param resizeWidth exact width; 0 where {@code resizeShortest} holds
 * @param resizeHeight exact height; 0 where {@code resizeShortest} holds
 * @param interpolation nearest, bilinear, bicubic or lanczos, with antialias as Pillow does it
 * @param cropWidth centre crop; 0 for none
 * @param cropHeight centre crop; 0 for none
 * @param scale factor on the 0..255 values, usually 1/255
 * @param mean subtracted after scaling, three values
 * @param std divided by after the mean, three values
 * @param channelOrder {@code RGB} or {@code BGR}
 * @param layout {@code NCHW} or {@code NHWC}
 * @param dtype {@code float32} or {@code uint8}
 */
public record PreprocessorSpec(
    int resizeShortest,
    int resizeWidth,
    int resizeHeight,
    Interpolation interpolation,
    int cropWidth,
    int cropHeight,
    double scale,
    List<Double> mean,
    List<Double> std,
    String channelOrder,
    String layout,
    String dtype)
    implements Serializable {

  /** Resampling filters, as Pillow defines them. */
  public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC,
    LANCZOS
  }
}
