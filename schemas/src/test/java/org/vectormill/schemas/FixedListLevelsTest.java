package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels as Parquet's own encoder writes them, right and with one of them changed. */
class FixedListLevelsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 64, 65, 384})
  void knowsListsOfOneLengthFromAnyPositionOn(int length) throws IOException {
    Random random = new Random(length);
    for (int round = 0; round < 60; round++) {
      int first = random.nextInt(3 * length);
      int[] levels = repetition(first, 1 + random.nextInt(4 * length + 20), length);
      assertTrue(begins(levels, first, length), () -> "first " + first);
      levels[random.nextInt(levels.length)] ^= 1;
      assertFalse(begins(levels, first, length), () -> "first " + first);
    }
  }

  private static int[] repetition(int first, int count, int length) {
    int[] levels = new int[count];
    for (int i = 0; i < count; i++) {
      levels[i] = (first + i) % length == 0 ? 0 : 1;
    }
    return levels;
  }

  private static boolean begins(int[] levels, int first, int length) throws IOException {
    return FixedListLevels.beginEvery(length, encoded(levels, 1), levels.length, first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 9})
  void knowsLevelsThatAreAllTheHighest(int level) throws IOException {
    Random random = new Random(level);
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(level);
    for (int round = 0; round < 60; round++) {
      int[] levels = new int[1 + random.nextInt(200)];
      java.util.Arrays.fill(levels, level);
      assertTrue(FixedListLevels.allAre(level, encoded(levels, width), levels.length));
      levels[random.nextInt(levels.length)] = random.nextInt(level);
      assertFalse(FixedListLevels.allAre(level, encoded(levels, width), levels.length));
    }
  }

  @Test
  void readsBitsThatNoEncoderMadeIntoARun() {
    byte[] packed = {(2 << 1) | 1, (byte) 0b11111110, (byte) 0b11111110};
    assertTrue(FixedListLevels.beginEvery(8, ByteBuffer.wrap(packed), 16, 0));
    assertTrue(FixedListLevels.beginEvery(8, ByteBuffer.wrap(packed), 11, 0));
    assertFalse(FixedListLevels.beginEvery(4, ByteBuffer.wrap(packed), 16, 0));
    byte[] threes = {(1 << 1) | 1, (byte) 0xff, (byte) 0xff};
    assertTrue(FixedListLevels.allAre(3, ByteBuffer.wrap(threes), 8));
  }

  @Test
  void takesLevelsThatEndEarlyForOthers() throws IOException {
    int[] levels = repetition(0, 100, 7);
    ByteBuffer whole = encoded(levels, 1);
    for (int size = 0; size < whole.limit(); size++) {
      assertFalse(FixedListLevels.beginEvery(7, whole.slice(0, size), levels.length, 0));
    }
    assertTrue(FixedListLevels.beginEvery(7, whole, levels.length, 0));
    assertEquals(0, whole.remaining());
  }

  @Test
  void endsOnRunsOfNothing() {
    byte[] endless = {0, 0, 1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
    assertFalse(FixedListLevels.beginEvery(3, ByteBuffer.wrap(endless), 3, 0));
    assertFalse(FixedListLevels.beginEvery(3, ByteBuffer.wrap(endless, 2, 1), 3, 0));
    assertFalse(FixedListLevels.allAre(1, ByteBuffer.wrap(endless, 3, 6), 3));
  }

  private static ByteBuffer encoded(int[] levels, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator())) {
      for (int level : levels) {
        encoder.writeInt(level);
      }
      return ByteBuffer.wrap(encoder.toBytes().toByteArray());
    }
  }
}
