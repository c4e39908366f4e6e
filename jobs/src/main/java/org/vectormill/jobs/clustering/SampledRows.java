package org.vectormill.jobs.clustering;

import java.util.List;
import org.vectormill.udfs.vectors.RowSample;
import org.vectormill.udfs.vectors.WeightedRows;

/** A uniform sample of all rows, brought to the driver. */
final class SampledRows {
  /** How much wider the range of random numbers is each time that too few rows were in it. */
  private static final double WIDER = 4;

  /**
   * Rows in the order of their random numbers, the same however they are cut into partitions. All
   * partitions together send hardly more rows than are asked for.
   *
   * @param rows at most as many as there are
   */
  static List<WeightedRows.Row> of(BlockSet set, int rows, long seed) {
    return of(set, rows, seed, enough(rows) / Math.max(1, set.rows()));
  }

  /**
   * @param share of the range of random numbers that is looked at first
   */
  static List<WeightedRows.Row> of(BlockSet set, int rows, long seed, double share) {
    double looked = share;
    RowSample sample = sent(set, rows, seed, looked);
    while (!sample.full() && looked < 1) {
      looked *= WIDER;
      sample = sent(set, rows, seed, looked);
    }
    return sample.inRandomOrder();
  }

  /**
   * So many rows on average that there are hardly ever fewer than asked for: eight standard
   * deviations more, and some for a handful.
   */
  private static double enough(int rows) {
    return rows + 8 * Math.sqrt(rows) + 32;
  }

  private static RowSample sent(BlockSet set, int rows, long seed, double share) {
    RowSample sample = new RowSample(rows, seed, share);
    BlockPass.run(
        set.blocks(),
        part -> {
          RowSample own = new RowSample(rows, seed, share);
          part.forEachRemaining(own::offer);
          return own;
        },
        sample::merge);
    return sample;
  }

  private SampledRows() {}
}
