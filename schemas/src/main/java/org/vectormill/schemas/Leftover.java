package org.vectormill.schemas;

import java.util.Locale;

/**
 * Something in a table's directory that no reader needs.
 *
 * @param path URI of a file, or of a plan's staging directory
 * @param files how many files it is
 * @param bytes their length together
 */
public record Leftover(Kind kind, String path, long files, long bytes) {

  /** Why it is left over. */
  public enum Kind {
    /** Files of a plan whose runs have ended without publishing. */
    STAGED,
    /** A file in a wave's place that no commit lists. */
    UNLISTED,
    /** A file of a wave that a compaction stands for, after its retention time. */
    SUPERSEDED,
    /** A small file that was about to be created when its writer ended. */
    TEMPORARY;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
