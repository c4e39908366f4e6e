package org.vectormill.udfs.image;

import java.io.Serializable;
import java.util.List;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;

/**
 * How a decoded image becomes a model's input tensor: resize, centre crop, scale, mean and std.
 *
 * @param resizeShortest length of the shorter side after resizing, aspect kept; 0 where {@code
 *     resizeWidth} and {@code resizeHeight} hold, or nothing is resized
 * @param resizeWidth exact width; 0 where {@code resizeShortest} holds
 * @param resizeHeight exact height; 0 where {@code resizeShortest} holds
 * @param interpolation nearest, bilinear, bicubic or lanczos, with antialias as Pillow does it
 * @param cropWidth centre crop; 0 for none
 * @param cropHeight centre crop; 0 for none
 * @param cropRounding where the crop lies when its margins can't be equal
 * @param scale factor on the 0..255 values, usually 1/255
 * @param mean subtracted after scaling, three values in the order of the tensor's channels
 * @param std divided by after the mean, three values in the order of the tensor's channels
 * @param channelOrder {@code RGB} or {@code BGR}
 * @param layout {@code NCHW} or {@code NHWC}
 * @param dtype {@code float32} or {@code uint8}; the latter takes values as they are, so scale is
 *     1, mean 0 and std 1
 */
public record PreprocessorSpec(
    int resizeShortest,
    int resizeWidth,
    int resizeHeight,
    Interpolation interpolation,
    int cropWidth,
    int cropHeight,
    CropRounding cropRounding,
    double scale,
    List<Double> mean,
    List<Double> std,
    String channelOrder,
    String layout,
    String dtype)
    implements Serializable {

  private static final int MOST = 16_384;

  /** Longest side of a resized image before it is cropped. */
  private static final int LONGEST = 1 << 24;

  /** Resampling filters, as Pillow defines them. */
  public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC,
    LANCZOS
  }

  /** How half a pixel of margin is rounded. */
  public enum CropRounding {
    /** To the even neighbour, as torchvision does. */
    HALF_EVEN,
    /** Down, as Hugging Face's image processors do. */
    DOWN
  }

  /**
   * Checks every field.
   *
   * @throws VectormillException ({@code USAGE}) naming the field, its value and the rule
   */
  public PreprocessorSpec {
    requireLength("resize_shortest", resizeShortest);
    requireLength("resize_width", resizeWidth);
    requireLength("resize_height", resizeHeight);
    requireLength("crop_width", cropWidth);
    requireLength("crop_height", cropHeight);
    require(
        (resizeWidth == 0) == (resizeHeight == 0),
        "resize_width and resize_height",
        resizeWidth + " and " + resizeHeight,
        "both or neither");
    require(
        resizeShortest == 0 || resizeWidth == 0,
        "resize_shortest",
        resizeShortest,
        "0 where resize_width is set");
    require(
        (cropWidth == 0) == (cropHeight == 0),
        "crop_width and crop_height",
        cropWidth + " and " + cropHeight,
        "both or neither");
    require(interpolation != null, "interpolation", null, "nearest, bilinear, bicubic or lanczos");
    require(cropRounding != null, "crop_rounding", null, "half_even or down");
    require(Double.isFinite(scale) && scale > 0, "scale", scale, "a number above 0");
    mean = three("mean", mean);
    std = three("std", std);
    require(std.stream().allMatch(s -> s > 0), "std", std, "numbers above 0");
    require(
        "RGB".equals(channelOrder) || "BGR".equals(channelOrder),
        "channel_order",
        channelOrder,
        "RGB or BGR");
    require("NCHW".equals(layout) || "NHWC".equals(layout), "layout", layout, "NCHW or NHWC");
    require("float32".equals(dtype) || "uint8".equals(dtype), "dtype", dtype, "float32 or uint8");
    boolean identity =
        scale == 1 && mean.equals(List.of(0.0, 0.0, 0.0)) && std.equals(List.of(1.0, 1.0, 1.0));
    require(
        "float32".equals(dtype) || identity,
        "dtype",
        dtype,
        "float32 where values are scaled or normalised");
  }

  private static void requireLength(String name, int value) {
    require(value >= 0 && value <= MOST, name, value, "0.." + MOST);
  }

  private static List<Double> three(String name, List<Double> values) {
    boolean good =
        values != null
            && values.size() == 3
            && values.stream().allMatch(v -> v != null && Double.isFinite(v));
    require(good, name, values, "three numbers");
    return List.copyOf(values);
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage(
          "preprocessor " + name + ": expected " + rule + ", got " + value);
    }
  }

  /**
   * What is kept of an image of this size, and how large it is when resized whole.
   *
   * @throws ImageRejectedException ({@code UNDECODABLE}) for an image so thin that it can't be
   *     resized
   */
  Window window(int width, int height) throws ImageRejectedException {
    int fullWidth = width;
    int fullHeight = height;
    if (resizeShortest > 0) {
      // Both torchvision and Hugging Face cut the longer side's fraction off.
      fullWidth = width <= height ? resizeShortest : along(width, height);
      fullHeight = width <= height ? along(height, width) : resizeShortest;
    } else if (resizeWidth > 0) {
      fullWidth = resizeWidth;
      fullHeight = resizeHeight;
    }
    if (cropWidth == 0) {
      return Window.whole(fullWidth, fullHeight);
    }
    return new Window(
        fullWidth,
        fullHeight,
        margin(fullWidth, cropWidth),
        margin(fullHeight, cropHeight),
        cropWidth,
        cropHeight);
  }

  private int along(int longer, int shorter) throws ImageRejectedException {
    long length = (long) resizeShortest * longer / shorter;
    if (length > LONGEST) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE,
          "sides of "
              + longer
              + " and "
              + shorter
              + " pixels: the longer would be resized to "
              + (length + " pixels, limit " + LONGEST));
    }
    return (int) length;
  }

  /** Pixels before the crop; below zero where the crop is larger than the image. */
  private int margin(int full, int crop) {
    if (cropRounding == CropRounding.DOWN) {
      return Math.floorDiv(full - crop, 2);
    }
    return full >= crop ? (int) Math.rint((full - crop) / 2.0) : -((crop - full) / 2);
  }
}
