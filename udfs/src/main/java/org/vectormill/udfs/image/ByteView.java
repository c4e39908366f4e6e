package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/**
 * Bounds-checked numbers out of a file's bytes. A position past the end means that the file is
 * truncated, and is refused as that: no reader of headers allocates or loops by what a file claims.
 */
final class ByteView {
  private final byte[] bytes;

  ByteView(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Refuses the file unless bytes {@code 0..end-1} exist. */
  void require(long end, String what) throws ImageRejectedException {
    if (end > bytes.length) {
      throw new ImageRejectedException(
          RejectReason.TRUNCATED,
          what + " ends at byte " + end + ", but the file has " + bytes.length + " bytes");
    }
  }

  int u8(long at) throws ImageRejectedException {
    require(at + 1, "a header field");
    return bytes[(int) at] & 0xff;
  }

  int u16be(long at) throws ImageRejectedException {
    require(at + 2, "a header field");
    int i = (int) at;
    return (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
  }

  int u16le(long at) throws ImageRejectedException {
    return Short.toUnsignedInt(Short.reverseBytes((short) u16be(at)));
  }

  long u32be(long at) throws ImageRejectedException {
    return (long) u16be(at) << 16 | u16be(at + 2);
  }

  long u32le(long at) throws ImageRejectedException {
    return (long) u16le(at + 2) << 16 | u16le(at);
  }

  /** Whether the bytes at {@code at} are these Latin-1 characters; false past the end. */
  boolean matches(long at, String latin1) {
    if (at + latin1.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if ((bytes[(int) at + i] & 0xff) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
