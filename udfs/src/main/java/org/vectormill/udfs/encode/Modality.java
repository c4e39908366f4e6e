package org.vectormill.udfs.encode;

import java.util.Locale;

/** What an item holds and an encoder reads; the lower-case name stands in tables. */
public enum Modality {
  TEXT,
  IMAGE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
