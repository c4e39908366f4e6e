package org.vectormill.udfs.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one protobuf message. Everything that it hands out lies inside the message's
 * bytes; a length that does not is an error, and nothing is allocated by what a length claims.
 *
 * <p>Wire format: https://protobuf.dev/programming-guides/encoding
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_NAME = 1 << 16;

  private final ByteBuffer bytes;
  private int wireType;

  ProtobufReader(ByteBuffer message) {
    this.bytes = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Number of the next field, 0 at the end. Its value must be read or skipped before the next. */
  int next() {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = rawVarint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    require(field > 0 && field < 1 << 29, "field number " + field);
    return (int) field;
  }

  long varint() {
    require(wireType == VARINT, "wire type " + wireType + " where a number is expected");
    return rawVarint();
  }

  /** The bytes of a nested message or string, a view. */
  ByteBuffer bytes() {
    require(wireType == LENGTH, "wire type " + wireType + " where bytes are expected");
    int length = length(rawVarint());
    ByteBuffer value = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return value;
  }

  String string() {
    ByteBuffer value = bytes();
    require(value.remaining() <= LONGEST_NAME, "a name of " + value.remaining() + " bytes");
    return StandardCharsets.UTF_8.decode(value).toString();
  }

  void skip() {
    switch (wireType) {
      case VARINT -> rawVarint();
      case FIXED64 -> bytes.position(bytes.position() + length(8));
      case LENGTH -> bytes();
      case FIXED32 -> bytes.position(bytes.position() + length(4));
      default -> require(false, "wire type " + wireType);
    }
  }

  private int length(long claimed) {
    require(
        claimed >= 0 && claimed <= bytes.remaining(),
        "a value of " + claimed + " bytes where " + bytes.remaining() + " are left");
    return (int) claimed;
  }

  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(bytes.hasRemaining(), "a number without its end");
      byte part = bytes.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new MalformedProtobufException("a number of more than ten bytes");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new MalformedProtobufException(what);
    }
  }

  /** The bytes are not a protobuf message of the shape that is expected. */
  static final class MalformedProtobufException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedProtobufException(String message) {
      super(message);
    }
  }
}
