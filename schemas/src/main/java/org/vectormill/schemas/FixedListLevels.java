package org.vectormill.schemas;

import java.nio.ByteBuffer;

/** Whether encoded levels are those of lists of one length, without a missing value. */
final class FixedListLevels {
  /**
   * Whether the repetition levels, of one bit each, are 0 where a list begins and 1 elsewhere.
   *
   * @param length values of each list, at least 1
   * @param levels consumed
   * @param count levels in this page
   * @param first levels of the column before this page
   */
  static boolean beginEvery(int length, ByteBuffer levels, int count, long first) {
    LevelRuns runs = new LevelRuns(levels, 1);
    int at = (int) (first % length);
    int taken;
    for (int left = count; left > 0; left -= taken) {
      if (!runs.next()) {
        return false;
      }
      taken = Math.min(left, runs.count());
      boolean fits =
          runs.packed()
              ? packedBegin(length, runs, taken, at)
              : runBegins(length, runs.level(), taken, at);
      if (!fits) {
        return false;
      }
      at = (int) (((long) at + taken) % length);
    }
    return true;
  }

  private static boolean runBegins(int length, int level, int count, int at) {
    if (level == 0) {
      return length == 1 || (count == 1 && at == 0);
    }
    return level == 1 && at > 0 && count <= length - at;
  }

  private static boolean packedBegin(int length, LevelRuns runs, int count, int at) {
    int position = at;
    for (int left = count; left > 0; left -= 8) {
      int expected = 0xff;
      for (int bit = (length - position) % length; bit < 8; bit += length) {
        expected &= ~(1 << bit);
      }
      if (((runs.bits() ^ expected) & lowest(left)) != 0) {
        return false;
      }
      position = (position + 8) % length;
    }
    return true;
  }

  /**
   * Whether every level is {@code level}.
   *
   * @param level the column's highest, from 1 to 255
   * @param levels consumed
   * @param count levels in this page
   */
  static boolean allAre(int level, ByteBuffer levels, int count) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(level);
    LevelRuns runs = new LevelRuns(levels, width);
    int taken;
    for (int left = count; left > 0; left -= taken) {
      if (!runs.next()) {
        return false;
      }
      taken = Math.min(left, runs.count());
      if (!(runs.packed() ? packedAre(level, width, runs, taken) : runs.level() == level)) {
        return false;
      }
    }
    return true;
  }

  private static boolean packedAre(int level, int width, LevelRuns runs, int count) {
    long eight = 0;
    for (int i = 0; i < 8; i++) {
      eight |= (long) level << (width * i);
    }
    long bits = (long) count * width;
    for (int i = 0; bits > 0; i = (i + 1) % width, bits -= 8) {
      if (((runs.bits() ^ (int) (eight >>> (8 * i))) & lowest(bits)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int lowest(long bits) {
    return bits >= 8 ? 0xff : (1 << (int) bits) - 1;
  }

  private FixedListLevels() {}
}
