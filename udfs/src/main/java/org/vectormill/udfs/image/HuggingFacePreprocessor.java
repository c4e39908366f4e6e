package org.vectormill.udfs.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.PreprocessorSpec.CropRounding;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

/**
 * Hugging Face's {@code preprocessor_config.json}. Fields that the file leaves out have the
 * defaults of its processor class; a class or step that is not known is an error.
 */
final class HuggingFacePreprocessor {
  private static final Interpolation[] RESAMPLE_CODES = {
    Interpolation.NEAREST, Interpolation.LANCZOS, Interpolation.BILINEAR, Interpolation.BICUBIC
  };

  /** Steps that some processors have and that would change the tensor. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "do_pad",
          "do_reduce_labels",
          "reduce_labels",
          "do_thumbnail",
          "do_align_long_axis",
          "do_image_splitting",
          "rescale_offset",
          "do_color_quantize",
          "do_resize_and_center_crop");

  /**
   * What a processor class does where its file is silent.
   *
   * @param square whether a single number as size means both sides, not the shorter one
   * @param size of both sides or of the shorter one; 0 where the file must say
   * @param crop side of the centre crop; 0 for none
   */
  private record Defaults(
      boolean square,
      int size,
      Interpolation resample,
      int crop,
      double cropShare,
      List<Double> mean,
      List<Double> std) {}

  static boolean wrote(JsonFields fields) {
    return fields.has("image_processor_type")
        || fields.has("feature_extractor_type")
        || fields.has("image_mean")
        || fields.has("do_resize")
        || fields.has("do_normalize");
  }

  static PreprocessorSpec read(JsonFields fields) {
    Defaults defaults = defaults(type(fields));
    fields.ignore(
        "processor_class",
        "do_convert_rgb",
        "_valid_processor_keys",
        "data_format",
        "input_data_format",
        "return_tensors",
        "auto_map",
        "device",
        "disable_grouping",
        "default_to_square");
    for (String step : UNSUPPORTED) {
      if (fields.flag(step, false)) {
        throw VectormillException.usage("preprocessor file: step " + step + " is not supported");
      }
    }
    Size size = size(fields, defaults);
    int[] crop = crop(fields, defaults, size);
    boolean rescale = fields.flag("do_rescale", true);
    double factor = fields.number("rescale_factor", 1.0 / 255);
    boolean normalize = fields.flag("do_normalize", true);
    List<Double> mean = fields.three("image_mean", defaults.mean());
    List<Double> std = fields.three("image_std", defaults.std());
    return new PreprocessorSpec(
        size.shortest(),
        size.width(),
        size.height(),
        resample(fields, defaults),
        crop[0],
        crop[1],
        CropRounding.DOWN,
        rescale ? factor : 1,
        normalize ? mean : List.of(0.0, 0.0, 0.0),
        normalize ? std : List.of(1.0, 1.0, 1.0),
        fields.flag("do_flip_channel_order", false) ? "BGR" : "RGB",
        "NCHW",
        "float32");
  }

  private static String type(JsonFields fields) {
    String type = fields.text("image_processor_type", null);
    String old = fields.text("feature_extractor_type", null);
    String name = type != null ? type : old;
    return name == null
        ? null
        : name.replaceFirst("Fast$", "").replaceFirst("(ImageProcessor|FeatureExtractor)$", "");
  }

  private static Defaults defaults(String type) {
    Interpolation bilinear = Interpolation.BILINEAR;
    Interpolation bicubic = Interpolation.BICUBIC;
    List<Double> half = PreprocessorFile.HALF;
    List<Double> clipMean = PreprocessorFile.CLIP_MEAN;
    List<Double> clipStd = PreprocessorFile.CLIP_STD;
    if (type == null) {
      return new Defaults(true, 0, bilinear, 0, 0, null, null);
    }
    return switch (type) {
      case "CLIP", "ChineseCLIP", "Bit" ->
          new Defaults(false, 224, bicubic, 224, 0, clipMean, clipStd);
      case "ViT" -> new Defaults(true, 224, bilinear, 0, 0, half, half);
      case "Siglip" -> new Defaults(true, 224, bicubic, 0, 0, half, half);
      case "DeiT", "Beit" -> new Defaults(true, 256, bicubic, 224, 0, half, half);
      case "Blip" -> new Defaults(true, 384, bicubic, 0, 0, clipMean, clipStd);
      case "ConvNext" -> new Defaults(false, 384, bilinear, 0, 224.0 / 256, half, half);
      case "MobileNetV1", "MobileNetV2" -> new Defaults(false, 256, bilinear, 224, 0, half, half);
      default ->
          throw VectormillException.usage(
              "preprocessor file: image processor "
                  + type
                  + " is not known; write the steps in our own keys");
    };
  }

  private static Interpolation resample(JsonFields fields, Defaults defaults) {
    int code = fields.whole("resample", -1);
    if (code == -1) {
      return defaults.resample();
    }
    if (code < 0 || code >= RESAMPLE_CODES.length) {
      throw VectormillException.usage(
          "preprocessor file, resample: expected 0 nearest, 1 lanczos, 2 bilinear or 3 bicubic, got "
              + code);
    }
    return RESAMPLE_CODES[code];
  }

  /** Size to resize to, as {@link PreprocessorSpec} has it, and the crop that follows from it. */
  private record Size(int shortest, int width, int height, int crop) {}

  private static Size size(JsonFields fields, Defaults defaults) {
    boolean resize = fields.flag("do_resize", true);
    JsonNode size = fields.node("size");
    double share = defaults.cropShare() > 0 ? fields.number("crop_pct", defaults.cropShare()) : 0;
    if (!resize) {
      return new Size(0, 0, 0, 0);
    }
    if (size != null && size.isObject() && size.has("height")) {
      requireKeys("size", size, "height", "width");
      return new Size(0, side(size, "width"), side(size, "height"), 0);
    }
    boolean shorter = size != null && size.isObject() || !defaults.square();
    int length = defaults.size();
    if (size != null && size.isObject()) {
      requireKeys("size", size, "shortest_edge");
      length = side(size, "shortest_edge");
    } else if (size != null) {
      JsonFields.require(
          size.isInt(), "size", size, "a number, shortest_edge, or height and width");
      length = size.intValue();
    }
    if (length == 0) {
      throw VectormillException.usage(
          "preprocessor file: key size is missing, and no processor class says it");
    }
    if (defaults.cropShare() > 0) {
      return shareOfResized(length, share);
    }
    return shorter ? new Size(length, 0, 0, 0) : new Size(0, length, length, 0);
  }

  /** ConvNeXt: small sizes are cut out of a larger resize, large ones are resized straight. */
  private static Size shareOfResized(int length, double share) {
    return length < 384
        ? new Size((int) (length / share), 0, 0, length)
        : new Size(0, length, length, 0);
  }

  /** Width and height of the centre crop; 0, 0 for none. */
  private static int[] crop(JsonFields fields, Defaults defaults, Size size) {
    boolean wanted = fields.flag("do_center_crop", defaults.crop() > 0);
    JsonNode crop = fields.node("crop_size");
    if (size.crop() > 0) {
      return new int[] {size.crop(), size.crop()};
    }
    if (!wanted) {
      return new int[] {0, 0};
    }
    if (crop != null && crop.isObject()) {
      requireKeys("crop_size", crop, "height", "width");
      return new int[] {side(crop, "width"), side(crop, "height")};
    }
    JsonFields.require(
        crop == null || crop.isInt(), "crop_size", crop, "a number, or height and width");
    int side = crop == null ? defaults.crop() : crop.intValue();
    if (side == 0) {
      throw VectormillException.usage("preprocessor file: do_center_crop without crop_size");
    }
    return new int[] {side, side};
  }

  private static void requireKeys(String key, JsonNode object, String... keys) {
    boolean all = object.size() == keys.length;
    for (String name : keys) {
      all &= object.has(name);
    }
    JsonFields.require(all, key, object, String.join(" and ", keys));
  }

  private static int side(JsonNode object, String key) {
    JsonNode value = object.get(key);
    JsonFields.require(value.isInt() && value.intValue() > 0, key, value, "a whole number above 0");
    return value.intValue();
  }
}
