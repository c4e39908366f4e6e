package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class KeptNumbersTest {
  @Test
  void aClusterTakesTheNumberOfItsRows() {
    long[][] together = {{0, 9, 1}, {8, 0, 0}, {1, 1, 7}};
    assertArrayEquals(new int[] {1, 0, 2}, KeptNumbers.order(together));
  }

  @Test
  void theMatchingWithMostRowsCountsNotTheGreediest() {
    long[][] together = {{10, 9}, {9, 0}};
    assertArrayEquals(new int[] {1, 0}, KeptNumbers.order(together));
  }

  @Test
  void furtherClustersTakeFreeNumbersInTheirOrder() {
    long[][] together = {{0, 0}, {0, 5}, {4, 0}, {0, 0}};
    assertArrayEquals(new int[] {2, 1, 0, 3}, KeptNumbers.order(together));
  }

  @Test
  void numbersBeyondTheNewOnesAreGone() {
    long[][] together = {{0, 0, 6}, {0, 5, 0}};
    assertArrayEquals(new int[] {0, 1}, KeptNumbers.order(together));
  }

  @Test
  void clustersWithoutCommonRowsKeepTheirOrder() {
    assertArrayEquals(new int[] {0, 1}, KeptNumbers.order(new long[][] {{0, 0}, {0, 0}}));
  }
}
