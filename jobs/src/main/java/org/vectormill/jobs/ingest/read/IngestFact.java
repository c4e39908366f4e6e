package org.vectormill.jobs.ingest.read;

import java.util.Locale;

/** Counts of a run beside rows and rejects. */
public enum IngestFact {
  /** Images whose bytes are of another format than their extension says. */
  EXTENSION_MISMATCH,
  /** Files of no known extension that are no images either; no items. */
  UNKNOWN_FILES,
  /** Entries of shards that are no sample's content: links, devices, hidden files. */
  LEFT_OUT_ENTRIES,
  /** Images of samples beside the first of each; no items. */
  FURTHER_IMAGES,
  /** Encoded bytes of the items that were read. */
  CONTENT_BYTES,
  /** Images that the table holds. */
  INLINED_IMAGES;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
