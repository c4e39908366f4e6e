package org.vectormill.jobs.ingest.read;

import java.util.Arrays;

/** A growing run of bytes up to a limit; what is beyond is counted and dropped. */
final class ByteBuilder {
  private final int limit;
  private byte[] bytes = new byte[256];
  private int length;
  private boolean overflowed;

  ByteBuilder(int limit) {
    this.limit = limit;
  }

  void append(int value) {
    if (length == limit) {
      overflowed = true;
      return;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * length));
    }
    bytes[length++] = (byte) value;
  }

  void clear() {
    length = 0;
    overflowed = false;
  }

  int length() {
    return length;
  }

  boolean overflowed() {
    return overflowed;
  }

  /** Drops the last byte where it is {@code value}. */
  void dropLast(int value) {
    if (length > 0 && (bytes[length - 1] & 0xff) == value) {
      length--;
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
