package org.vectormill.udfs.encode;

import java.io.Serializable;

/**
 * What a user asks for; null leaves a field to the model's own files or to the default.
 *
 * @param uri model URI: {@code builtin:text}, {@code builtin:image}, {@code file:}, {@code hdfs:},
 *     {@code s3a:}, {@code http(s):}, {@code djl:}, {@code hf:}, or a plain path; {@code #sha256=…}
 *     pins it
 * @param pooling null for what the model's folder says ({@code 1_Pooling/config.json}), else mean
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
    Precision precision)
    implements Serializable {}
