package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/** Decodes the variable-width LZW codes of one GIF image (GIF89a specification, appendix F). */
final class GifLzw {
  private static final int MOST_CODES = 4096;

  private final ByteView file;
  private final int clear;
  private final short[] prefix = new short[MOST_CODES];
  private final byte[] suffix = new byte[MOST_CODES];

  /** Bytes of the current string, last first. */
  private final byte[] stack = new byte[MOST_CODES + 1];

  private int depth;
  private int next;
  private int width;
  private int previous = -1;
  private byte first;
  private boolean ended;

  private long at;
  private int left;
  private int bits;
  private int bitCount;

  /**
   * @param at position of the minimum code size, which sub-blocks follow
   */
  GifLzw(ByteView file, long at) throws ImageRejectedException {
    int size = file.u8(at);
    if (size < 1 || size > 11) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE, "GIF code size " + size + ", expected 1..11");
    }
    this.file = file;
    this.at = at + 1;
    this.clear = 1 << size;
    for (int i = 0; i < Math.min(clear, MOST_CODES); i++) {
      suffix[i] = (byte) i;
    }
    reset();
  }

  private void reset() {
    next = clear + 2;
    width = 32 - Integer.numberOfLeadingZeros(clear);
    previous = -1;
  }

  /** Fills {@code to} with colour indices; returns how many there were. */
  int read(byte[] to) throws ImageRejectedException {
    int done = 0;
    while (done < to.length) {
      if (depth == 0 && !nextString()) {
        return done;
      }
      to[done++] = stack[--depth];
    }
    return done;
  }

  /** Puts the next code's string on the stack; false at the end. */
  private boolean nextString() throws ImageRejectedException {
    int code = ended ? -1 : code();
    while (code == clear) {
      reset();
      code = code();
    }
    if (code < 0 || code == clear + 1) {
      ended = true;
      return false;
    }
    if (code > next || (code == next && previous < 0)) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE, "GIF code " + code + " before it is defined");
    }
    int walk = code;
    if (code == next) {
      stack[depth++] = first;
      walk = previous;
    }
    while (walk > clear) {
      stack[depth++] = suffix[walk];
      walk = prefix[walk];
    }
    first = suffix[walk];
    stack[depth++] = first;
    define();
    previous = code;
    return true;
  }

  /** Adds (previous string, first byte of this one) to the table. */
  private void define() {
    if (previous < 0 || next >= MOST_CODES) {
      return;
    }
    prefix[next] = (short) previous;
    suffix[next] = first;
    next++;
    if (next == 1 << width && width < 12) {
      width++;
    }
  }

  /** The next code; -1 where the sub-blocks end. */
  private int code() throws ImageRejectedException {
    while (bitCount < width) {
      if (left == 0) {
        left = file.u8(at++);
        if (left == 0) {
          return -1;
        }
      }
      bits |= file.u8(at++) << bitCount;
      bitCount += 8;
      left--;
    }
    int code = bits & ((1 << width) - 1);
    bits >>>= width;
    bitCount -= width;
    return code;
  }
}
