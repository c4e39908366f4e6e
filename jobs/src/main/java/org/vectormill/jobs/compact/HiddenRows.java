package org.vectormill.jobs.compact;

import java.io.Serializable;
import java.util.BitSet;
import org.vectormill.schemas.IdSetHash;

/**
 * Rows of one file that are no longer current, each added once, with the hash of their ids; filled
 * in tasks.
 */
final class HiddenRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet bits = new BitSet();
  private IdSetHash ids = IdSetHash.EMPTY;

  HiddenRows add(long row, String id) {
    bits.set(Math.toIntExact(row));
    ids = ids.plus(IdSetHash.of(id));
    return this;
  }

  HiddenRows merge(HiddenRows other) {
    bits.or(other.bits);
    ids = ids.plus(other.ids);
    return this;
  }

  BitSet bits() {
    return bits;
  }

  IdSetHash ids() {
    return ids;
  }
}
