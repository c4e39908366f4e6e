package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenBatchesTest {
  @Test
  void keepsEachBatchWithinTheBudgetAndFillsIt() {
    Random random = new Random(3);
    int[] lengths = random.ints(500, 0, 90).toArray();
    List<int[]> batches = TokenBatches.plan(lengths, 256, 1000);
    int last = Integer.MAX_VALUE;
    for (int i = 0; i < batches.size(); i++) {
      int[] batch = batches.get(i);
      int longest = lengths[batch[0]];
      assertTrue(longest * batch.length <= 256);
      assertTrue(i == batches.size() - 1 || longest * (batch.length + 1) > 256);
      for (int row : batch) {
        assertTrue(lengths[row] <= last);
        last = lengths[row];
      }
    }
    int[] rows = batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    int[] expected = IntStream.range(0, 500).filter(row -> lengths[row] > 0).toArray();
    assertArrayEquals(expected, rows);
  }

  @Test
  void breaksTiesByPosition() {
    List<int[]> batches = TokenBatches.plan(new int[] {2, 3, 2, 3, 2}, 6, 1000);
    assertEquals(2, batches.size());
    assertArrayEquals(new int[] {1, 3}, batches.get(0));
    assertArrayEquals(new int[] {0, 2, 4}, batches.get(1));
  }

  @Test
  void givesARowBeyondTheBudgetABatchOfItsOwn() {
    List<int[]> batches = TokenBatches.plan(new int[] {5, 900, 5}, 10, 1000);
    assertArrayEquals(new int[] {1}, batches.get(0));
    assertArrayEquals(new int[] {0, 2}, batches.get(1));
  }

  @Test
  void keepsWithinTheRowsThatTheModelTakes() {
    List<int[]> batches = TokenBatches.plan(new int[] {1, 1, 1}, 100, 2);
    assertArrayEquals(new int[] {0, 1}, batches.get(0));
    assertArrayEquals(new int[] {2}, batches.get(1));
  }

  @Test
  void makesNoBatchOfNothing() {
    assertTrue(TokenBatches.plan(new int[] {0, 0}, 10, 1000).isEmpty());
    assertTrue(TokenBatches.plan(new int[0], 10, 1000).isEmpty());
  }

  @Test
  void endsALargeEnoughBatchBeforeItIsPadding() {
    int[] lengths = {100, 100, 100, 50, 50, 50};
    List<int[]> batches = TokenBatches.plan(lengths, 1000, Integer.MAX_VALUE);
    assertEquals(2, batches.size());
    assertArrayEquals(new int[] {0, 1, 2}, batches.get(0));
    assertArrayEquals(new int[] {3, 4, 5}, batches.get(1));
  }

  @Test
  void padsASmallBatchRatherThanRunningSmallerOnes() {
    int[] lengths = {100, 60, 60};
    assertEquals(1, TokenBatches.plan(lengths, 1000, Integer.MAX_VALUE).size());
  }

  @Test
  void fillsBatchesOfOneSizeWhateverThePadding() {
    int[] lengths = {100, 100, 100, 50, 50, 50};
    assertEquals(1, TokenBatches.plan(lengths, 1000, 6).size());
  }
}
