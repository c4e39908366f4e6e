package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.BitSet;
import org.vectormill.schemas.IdSetHash;

/** Chosen rows of one file, by position, with the hash of their ids; filled in aggregations. */
final class FileRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet bits = new BitSet();
  private IdSetHash ids = IdSetHash.EMPTY;

  FileRows add(PendingRows.Position row) {
    bits.set(Math.toIntExact(row.row()));
    ids = ids.plus(IdSetHash.of(row.id()));
    return this;
  }

  FileRows merge(FileRows other) {
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
