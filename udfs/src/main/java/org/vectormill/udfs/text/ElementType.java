package org.vectormill.udfs.text;

import java.nio.ByteBuffer;

/** Types of numbers in model files, little-endian. */
enum ElementType {
  F16(2),
  BF16(2),
  F32(4),
  F64(8),
  I32(4),
  I64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  boolean whole() {
    return this == I32 || this == I64;
  }

  /** The next number of a little-endian buffer; whole ones beyond 2^53 are rounded. */
  double next(ByteBuffer from) {
    return switch (this) {
      case F16 -> half(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case F32 -> from.getFloat();
      case F64 -> from.getDouble();
      case I32 -> from.getInt();
      case I64 -> from.getLong();
    };
  }

  /** IEEE 754 binary16, exactly. */
  static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      // Subnormal: fraction x 2^-24, which a float holds exactly.
      float value = fraction * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
