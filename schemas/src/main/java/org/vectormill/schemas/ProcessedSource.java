package org.vectormill.schemas;

/**
 * A source that a run took, as later runs compare it.
 *
 * @param source URI
 * @param size bytes
 * @param version etag or modification time
 */
public record ProcessedSource(String source, long size, String version) {}
