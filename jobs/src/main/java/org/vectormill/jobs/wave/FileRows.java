package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.BitSet;
import org.vectormill.schemas.IdSetHash;

/** Chosen rows of one file, by position, with the hash of their ids; filled in aggregations. */
public final class FileRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet bits = new BitSet();
  private IdSetHash ids = IdSetHash.EMPTY;

  /** Adds a row, once. */
  public FileRows add(long row, String id) {
    bits.set(Math.toIntExact(row));
    ids = ids.plus(IdSetHash.of(id));
    return this;
  }

  public FileRows merge(FileRows other) {
    bits.or(other.bits);
    ids = ids.plus(other.ids);
    return this;
  }

  public BitSet bits() {
    return bits;
  }

  public IdSetHash ids() {
    return ids;
  }
}
