package org.vectormill.jobs.compact;

import java.io.Serializable;
import java.util.BitSet;

/**
 * A file whose rows a unit copies.
 *
 * @param uri absolute
 * @param hidden positions of rows that are no longer current; null where all are
 */
record OldFile(String uri, BitSet hidden) implements Serializable {
  boolean keeps(long row) {
    return hidden == null || !hidden.get(Math.toIntExact(row));
  }
}
