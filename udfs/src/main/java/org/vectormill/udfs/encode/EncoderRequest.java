package org.vectormill.udfs.encode;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;

/**
 * What a user asks for; null leaves a field to the model's own files or to the default.
 *
 * @param uri model URI: {@code builtin:text}, {@code builtin:image}, {@code
 *     builtin:pixels:WxH:grey}, {@code file:}, {@code hdfs:}, {@code s3a:}, {@code http(s):},
 *     {@code djl:}, {@code hf:}, or a plain path; {@code #sha256=…} pins it
 * @param pooling null for what the model's folder says ({@code 1_Pooling/config.json}), else mean
 * @param prefix null or empty for none
 * @param maxLength most tokens a text keeps
 * @param preprocessorUri a preprocessor file, or the name of a preset ({@code imagenet})
 * @param gemPower p of {@link SpatialPooling#GEM}, above 0
 * @param maxPixels images with more are rejected before they are decoded
 * @param output name or index of the tensor to take
 * @param dimensions keep the first so many; 0 for all
 * @param trustModel whether TorchScript from a remote URI, which is a program, may run
 */
public record EncoderRequest(
    String uri,
    Modality modality,
    EngineKind engine,
    Pooling pooling,
    String prefix,
    boolean poolPrefix,
    Integer maxLength,
    String preprocessorUri,
    SpatialPooling spatialPooling,
    double gemPower,
    long maxPixels,
    String output,
    Boolean normalise,
    int dimensions,
    Precision precision,
    boolean trustModel)
    implements Serializable {

  /** Largest image that is decoded where nobody says otherwise: Pillow's limit. */
  private static final long MAX_PIXELS = 178_956_970;

  /** What is asked for where only a model is named. */
  public static EncoderRequest of(String uri) {
    return new EncoderRequest(
        uri,
        null,
        null,
        null,
        "",
        true,
        null,
        null,
        null,
        3,
        MAX_PIXELS,
        null,
        null,
        0,
        Precision.FLOAT32,
        false);
  }

  /**
   * Checks what can be checked without the model.
   *
   * @throws VectormillException ({@code USAGE}) naming the option, its value and the rule
   */
  public EncoderRequest {
    require(uri != null && !uri.isBlank(), "encoder", uri, "name a model");
    require(maxLength == null || maxLength >= 1, "max-length", maxLength, "must be at least 1");
    require(gemPower > 0 && gemPower < 1000, "gem-power", gemPower, "must be above 0, below 1000");
    require(maxPixels >= 1, "max-pixels", maxPixels, "must be at least 1");
    require(dimensions >= 0, "dimensions", dimensions, "must be at least 0");
    require(output == null || !output.isBlank(), "output-tensor", output, "name a tensor");
  }

  private static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage("--" + option + " " + rule + ", got " + value);
    }
  }
}
