package org.vectormill.udfs.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one unit in batches of similar length, within a budget of tokens. */
final class TokenBatches {
  /**
   * Batches of rows by falling length, ties by position, so that the longest come first and memory
   * runs out early if at all. In each batch rows x longest row is at most the budget; a row that is
   * longer than the budget has a batch of its own. Rows of length 0 are in none.
   *
   * @param lengths tokens of each row
   * @param budget most tokens in a batch, padding included
   * @param maxRows most rows in a batch
   */
  static List<int[]> plan(int[] lengths, int budget, int maxRows) {
    long[] order = new long[lengths.length];
    int rows = 0;
    for (int row = 0; row < lengths.length; row++) {
      if (lengths[row] > 0) {
        order[rows++] = (long) (Integer.MAX_VALUE - lengths[row]) << 32 | row;
      }
    }
    Arrays.sort(order, 0, rows);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < rows; ) {
      int longest = lengths[(int) order[from]];
      int size = Math.min(rows - from, Math.max(1, Math.min(maxRows, budget / longest)));
      int[] batch = new int[size];
      for (int i = 0; i < size; i++) {
        batch[i] = (int) order[from + i];
      }
      batches.add(batch);
      from += size;
    }
    return batches;
  }

  private TokenBatches() {}
}
