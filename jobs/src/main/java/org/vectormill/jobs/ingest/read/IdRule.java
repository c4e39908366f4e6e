package org.vectormill.jobs.ingest.read;

/** Where an item's id comes from. */
public enum IdRule {
  /** The path below the input, with {@code #L17}, {@code #17} or {@code #key} inside a file. */
  PATH,
  /** The content hash. */
  CONTENT,
  /** A column of the record. */
  COLUMN
}
