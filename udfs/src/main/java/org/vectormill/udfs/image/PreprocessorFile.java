package org.vectormill.udfs.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.PreprocessorSpec.CropRounding;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

/**
 * Reads preprocessor files: Hugging Face's {@code preprocessor_config.json}, and our own JSON, an
 * object whose keys are {@link PreprocessorSpec}'s fields in snake_case, with an optional {@code
 * preset} for those that are left out.
 */
public final class PreprocessorFile {
  static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);
  static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);
  static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  private static final Map<String, PreprocessorSpec> PRESETS =
      new TreeMap<>(
          Map.of(
              "imagenet",
              named(256, 0, Interpolation.BILINEAR, 224, IMAGENET_MEAN, IMAGENET_STD),
              "clip",
              named(224, 0, Interpolation.BICUBIC, 224, CLIP_MEAN, CLIP_STD),
              "vit",
              named(0, 224, Interpolation.BILINEAR, 0, HALF, HALF)));

  /**
   * The spec that a file's content describes.
   *
   * @throws VectormillException ({@code USAGE}) for a key, value or step that is not known, which
   *     the message names
   */
  public static PreprocessorSpec read(String json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw VectormillException.usage("preprocessor file is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw VectormillException.usage("preprocessor file: expected a JSON object");
    }
    JsonFields fields = new JsonFields(root);
    PreprocessorSpec spec =
        HuggingFacePreprocessor.wrote(fields) ? HuggingFacePreprocessor.read(fields) : own(fields);
    fields.requireAllRead();
    return spec;
  }

  /**
   * A spec by name: {@code imagenet} (shorter side to 256, bilinear, centre crop of 224, ImageNet's
   * mean and std), {@code clip} (shorter side to 224, bicubic, centre crop of 224, CLIP's mean and
   * std), {@code vit} (straight to 224 x 224, bilinear, to -1..1).
   *
   * @throws VectormillException ({@code USAGE}) for another name
   */
  public static PreprocessorSpec preset(String name) {
    PreprocessorSpec spec = PRESETS.get(name);
    if (spec == null) {
      throw VectormillException.usage(
          "preprocessor preset: expected one of " + presets() + ", got " + name);
    }
    return spec;
  }

  /** Names of the presets, in order. */
  public static List<String> presets() {
    return List.copyOf(PRESETS.keySet());
  }

  private static PreprocessorSpec own(JsonFields fields) {
    String preset = fields.text("preset", null);
    PreprocessorSpec base = preset == null ? plain() : preset(preset);
    return new PreprocessorSpec(
        fields.whole("resize_shortest", base.resizeShortest()),
        fields.whole("resize_width", base.resizeWidth()),
        fields.whole("resize_height", base.resizeHeight()),
        fields.name("interpolation", Interpolation.class, base.interpolation()),
        fields.whole("crop_width", base.cropWidth()),
        fields.whole("crop_height", base.cropHeight()),
        fields.name("crop_rounding", CropRounding.class, base.cropRounding()),
        fields.number("scale", base.scale()),
        fields.three("mean", base.mean()),
        fields.three("std", base.std()),
        fields.text("channel_order", base.channelOrder()),
        fields.text("layout", base.layout()),
        fields.text("dtype", base.dtype()));
  }

  /** No resize, no crop, values 0..1. */
  private static PreprocessorSpec plain() {
    return named(0, 0, Interpolation.BILINEAR, 0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  }

  private static PreprocessorSpec named(
      int shortest,
      int side,
      Interpolation interpolation,
      int crop,
      List<Double> mean,
      List<Double> std) {
    return new PreprocessorSpec(
        shortest,
        side,
        side,
        interpolation,
        crop,
        crop,
        CropRounding.HALF_EVEN,
        1.0 / 255,
        mean,
        std,
        "RGB",
        "NCHW",
        "float32");
  }

  private PreprocessorFile() {}
}
