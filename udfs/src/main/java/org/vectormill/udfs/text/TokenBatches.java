package org.vectormill.udfs.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one unit in batches of similar length, within a budget of tokens. */
final class TokenBatches {
  /** A batch with a quarter of the budget keeps a processor as busy as a full one does. */
  private static final int LEAST_SHARE = 4;

  /** Share of padding at which a batch that is large enough ends: padding costs like tokens. */
  private static final double MOST_PADDING = 0.02;

  private final int[] lengths;
  private final int budget;
  private final int maxRows;
  private final long[] order;
  private final int rows;

  private TokenBatches(int[] lengths, int budget, int maxRows) {
    this.lengths = lengths;
    this.budget = budget;
    this.maxRows = maxRows;
    this.order = new long[lengths.length];
    int count = 0;
    for (int row = 0; row < lengths.length; row++) {
      if (lengths[row] > 0) {
        order[count++] = (long) (Integer.MAX_VALUE - lengths[row]) << 32 | row;
      }
    }
    this.rows = count;
    Arrays.sort(order, 0, rows);
  }

  /**
   * Batches of rows by falling length, ties by position, so that the longest come first and memory
   * runs out early if at all. In each batch rows x longest row is at most the budget; a row that is
   * longer than the budget has a batch of its own. A batch that has a quarter of the budget ends
   * before padding is more than 2 % of its tokens. Rows of length 0 are in none.
   *
   * @param lengths tokens of each row
   * @param budget most tokens in a batch, padding included
   * @param maxRows rows of a network whose batches have one size, filled whatever the padding;
   *     {@code Integer.MAX_VALUE} where it takes any
   */
  static List<int[]> plan(int[] lengths, int budget, int maxRows) {
    TokenBatches sorted = new TokenBatches(lengths, budget, maxRows);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < sorted.rows; ) {
      int[] batch = sorted.batch(from);
      batches.add(batch);
      from += batch.length;
    }
    return batches;
  }

  private int[] batch(int from) {
    int[] batch = new int[size(from)];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = row(from + i);
    }
    return batch;
  }

  /** Rows of the batch that begins at this place of the order, with its longest row. */
  private int size(int from) {
    long longest = lengths[row(from)];
    long tokens = longest;
    int size = 1;
    while (from + size < rows && size < maxRows && (size + 1) * longest <= budget) {
      tokens += lengths[row(from + size)];
      if (maxRows == Integer.MAX_VALUE && isPadded(tokens, (size + 1) * longest)) {
        break;
      }
      size++;
    }
    return size;
  }

  private boolean isPadded(long tokens, long padded) {
    return tokens >= budget / LEAST_SHARE && padded - tokens > tokens * MOST_PADDING;
  }

  private int row(int place) {
    return (int) order[place];
  }
}
