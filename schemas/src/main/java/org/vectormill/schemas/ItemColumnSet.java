package org.vectormill.schemas;

/** How much of an item a reader decodes; what is left out is null (or empty) in the row. */
public enum ItemColumnSet {
  /** Id and content hash. */
  KEYS,
  /** Keys, source with size and version, modality and text. */
  TEXT,
  /** Keys, source with size and version, modality and image bytes. */
  IMAGE,
  /** Every column. */
  ALL
}
