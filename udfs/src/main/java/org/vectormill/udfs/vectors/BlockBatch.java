package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A random share of every block's rows: one mini-batch. Which rows are in it goes by their ids, so
 * that tables whose rows are sorted by class give mixed batches.
 *
 * @param share of all rows, above 0, at most 1
 * @param seed of this batch
 */
public record BlockBatch(double share, long seed) implements Serializable {
  private static final int MIN_SHAPE = 16;

  /**
   * Most rows that a block of the batch has, and is padded to: twice what a full block gives on
   * average.
   */
  public int shape() {
    int rows = (int) Math.ceil(2 * share * VectorBlock.ROWS);
    return Math.min(
        VectorBlock.ROWS, Math.max(MIN_SHAPE, Integer.highestOneBit(Math.max(1, rows - 1)) * 2));
  }

  /** The batch's rows of one block, as blocks of at most {@link #shape()} rows. */
  public List<VectorBlock> of(VectorBlock block) {
    int[] chosen = new int[block.rows()];
    int count = 0;
    for (int i = 0; i < block.rows(); i++) {
      if (RowKey.uniform(seed, block.keys()[i]) < share) {
        chosen[count++] = i;
      }
    }
    List<VectorBlock> blocks = new ArrayList<>();
    for (int start = 0; start < count; start += shape()) {
      blocks.add(pick(block, chosen, start, Math.min(count, start + shape())));
    }
    return blocks;
  }

  private static VectorBlock pick(VectorBlock from, int[] rows, int start, int end) {
    int d = from.dimension();
    float[] values = new float[(end - start) * d];
    long[] keys = new long[end - start];
    for (int i = start; i < end; i++) {
      System.arraycopy(from.values(), rows[i] * d, values, (i - start) * d, d);
      keys[i - start] = from.keys()[rows[i]];
    }
    return new VectorBlock(d, values, keys);
  }
}
