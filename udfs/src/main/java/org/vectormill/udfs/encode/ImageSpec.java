package org.vectormill.udfs.encode;

import java.io.Serializable;
import org.vectormill.udfs.image.PreprocessorSpec;

/**
 * How images become vectors.
 *
 * @param gemPower p of {@link SpatialPooling#GEM}
 * @param maxPixels images with more are rejected before they are decoded
 */
public record ImageSpec(
    PreprocessorSpec preprocessor, SpatialPooling pooling, double gemPower, long maxPixels)
    implements Serializable {}
