package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class ElementTypeTest {
  /** Against the definition of binary16, for all of its numbers. */
  @Test
  void widensEveryHalf() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double magnitude =
          exponent == 0
              ? fraction * 0x1p-14
              : exponent == 31
                  ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                  : (1 + fraction) * Math.pow(2, exponent - 15);
      float expected = (float) (bits < 1 << 15 ? magnitude : -magnitude);
      assertEquals(expected, ElementType.half((short) bits), "bits " + bits);
    }
  }

  @Test
  void readsEachTypeLittleEndian() {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x3fc0).putFloat(2.5f).putDouble(-3.5).putInt(-4).putLong(5).flip();
    assertEquals(1.5, ElementType.BF16.next(bytes));
    assertEquals(2.5, ElementType.F32.next(bytes));
    assertEquals(-3.5, ElementType.F64.next(bytes));
    assertEquals(-4, ElementType.I32.next(bytes));
    assertEquals(5, ElementType.I64.next(bytes));
  }
}
