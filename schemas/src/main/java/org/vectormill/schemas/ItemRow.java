package org.vectormill.schemas;

import java.util.Map;

/**
 * One row of an {@code items} table.
 *
 * @param text null for images
 * @param image encoded image bytes, owned by the row; null for texts and for images that stay in
 *     their source
 * @param contentHash SHA-256 of the text's UTF-8 bytes or of the image's bytes, lower-case hex
 * @param label null where there is none
 * @param split null where there is none
 * @param attributes never null
 */
public record ItemRow(
    String id,
    String source,
    long sourceSize,
    String sourceVersion,
    String modality,
    String text,
    byte[] image,
    String contentHash,
    String label,
    String split,
    Map<String, String> attributes) {}
