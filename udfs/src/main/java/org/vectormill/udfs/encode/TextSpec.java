package org.vectormill.udfs.encode;

import java.io.Serializable;

/**
 * How texts become vectors.
 *
 * @param pooling over token vectors
 * @param prefix put before each text (an instruction, {@code "query: "}); empty for none
 * @param poolPrefix whether the prefix's tokens are pooled too
 * @param maxLength most tokens a text keeps, special tokens and prefix included
 */
public record TextSpec(Pooling pooling, String prefix, boolean poolPrefix, int maxLength)
    implements Serializable {}
