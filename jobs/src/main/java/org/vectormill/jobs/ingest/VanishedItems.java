package org.vectormill.jobs.ingest;

/** What becomes of items that the inputs no longer have. */
public enum VanishedItems {
  /** Their rows stay. */
  KEEP,
  /** Their rows are hidden, and what is made from them follows. */
  REMOVE
}
