package org.vectormill.jobs.ingest.read;

/**
 * What a record's image column holds: bytes, or a path or URI.
 *
 * @param bytes encoded image; null where there are none
 * @param path null where there is none
 */
record ImageCell(byte[] bytes, String path) {}
