package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A uniform sample without replacement of at most so many rows: those with the smallest random
 * numbers, which belong to ids. So the sample is the same however the rows are cut and ordered.
 */
public final class RowSample implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final long seed;
  private final long limit;
  private final PriorityQueue<Chosen> rows;

  /** A row and its random number. */
  private record Chosen(long random, long key, float[] values) implements Serializable {}

  /** Largest first, so that the one to give up is at the top. */
  private static final class LargestFirst implements Comparator<Chosen>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Chosen a, Chosen b) {
      int byRandom = Long.compareUnsigned(b.random(), a.random());
      return byRandom != 0 ? byRandom : Long.compare(b.key(), a.key());
    }
  }

  public RowSample(int most, long seed) {
    this(most, seed, 1);
  }

  /**
   * A sample that looks only at rows with small random numbers, so that the samples of many parts
   * hold no more than this share of all rows together. Where it comes out {@link #full}, it is the
   * sample that a look at all rows gives.
   *
   * @param share of the range of random numbers, above 0; from 1 on all of it
   */
  public RowSample(int most, long seed, double share) {
    this.most = most;
    this.seed = seed;
    // Unsigned, so -1 is the largest.
    this.limit = share >= 1 ? -1L : (long) (share * 0x1p63) << 1;
    this.rows = new PriorityQueue<>(new LargestFirst());
  }

  /** Offers the rows of a block. */
  public void offer(VectorBlock block) {
    for (int i = 0; i < block.rows(); i++) {
      long key = block.keys()[i];
      long random = RowKey.random(seed, key);
      if (Long.compareUnsigned(random, limit) <= 0
          && (rows.size() < most || Long.compareUnsigned(random, rows.element().random()) < 0)) {
        add(new Chosen(random, key, block.row(i)));
      }
    }
  }

  /** Offers the rows of another sample of the same seed. */
  public RowSample merge(RowSample other) {
    other.rows.forEach(this::add);
    return this;
  }

  private void add(Chosen row) {
    rows.add(row);
    if (rows.size() > most) {
      rows.poll();
    }
  }

  public int size() {
    return rows.size();
  }

  /** Whether there are as many rows as were asked for. */
  public boolean full() {
    return rows.size() == most;
  }

  /** The sample in the order of its random numbers: the first m of it are a sample too. */
  public List<WeightedRows.Row> inRandomOrder() {
    List<Chosen> sorted = new ArrayList<>(rows);
    sorted.sort(new LargestFirst().reversed());
    return sorted.stream().map(row -> new WeightedRows.Row(row.key(), row.values())).toList();
  }
}
