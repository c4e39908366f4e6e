package org.vectormill.schemas;

import java.nio.ByteBuffer;

/**
 * The runs of encoded levels (Parquet format, "RLE/Bit-packing hybrid"), looked at without decoding
 * them. The buffer stands behind the current run's header, or behind its level where {@link
 * #packed()} is false.
 */
final class LevelRuns {
  private final ByteBuffer levels;
  private final int width;
  private boolean packed;
  private int count;
  private int level;

  /**
   * @param levels consumed as runs are looked at
   * @param width bits of a level, from 1 to 8
   */
  LevelRuns(ByteBuffer levels, int width) {
    this.levels = levels;
    this.width = width;
  }

  /** Goes to the next run; false where the bytes end before it does. */
  boolean next() {
    long header = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (!levels.hasRemaining()) {
        return false;
      }
      int part = levels.get();
      header |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return begin(header);
      }
    }
    return false;
  }

  private boolean begin(long header) {
    packed = (header & 1) == 1;
    long length = header >>> 1;
    if (packed) {
      count = (int) Math.min(Integer.MAX_VALUE, length * 8);
      return length > 0 && levels.remaining() >= length * width;
    }
    count = (int) length;
    if (length == 0 || length > Integer.MAX_VALUE || !levels.hasRemaining()) {
      return false;
    }
    level = Byte.toUnsignedInt(levels.get());
    return true;
  }

  /** Whether each level stands for itself; otherwise all of the run are {@link #level()}. */
  boolean packed() {
    return packed;
  }

  /** Levels in the run; a packed one may go beyond its page's. */
  int count() {
    return count;
  }

  int level() {
    return level;
  }

  /** The next eight bits of a packed run, the first level's lowest. */
  int bits() {
    return Byte.toUnsignedInt(levels.get());
  }
}
