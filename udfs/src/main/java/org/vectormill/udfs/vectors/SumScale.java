package org.vectormill.udfs.vectors;

import java.io.Serializable;

/**
 * How numbers are put onto a grid of whole numbers, so that sums of them are exact and thus the
 * same in any order and grouping: reproducible summation by binning with one bin (Demmel and Nguyen
 * 2013). The grid is as fine as 62 bits allow without any sum overflowing.
 *
 * @param components grid lines to 1 for components of vectors, a power of two
 * @param costs grid lines to 1 for costs, a power of two
 */
public record SumScale(double components, double costs) implements Serializable {
  private static final int BITS = 61;

  /**
   * The finest scale that holds sums over all rows.
   *
   * @param rows number of rows, at least 1
   * @param maxComponent largest absolute component of any row
   * @param maxCost largest cost that any row can have
   */
  public static SumScale of(long rows, double maxComponent, double maxCost) {
    return new SumScale(scale(rows, maxComponent), scale(rows, maxCost));
  }

  private static double scale(long rows, double most) {
    if (!(most > 0)) {
      return 1;
    }
    int exponent = Math.getExponent(most) + 1 + 64 - Long.numberOfLeadingZeros(rows);
    return Math.scalb(1.0, Math.max(-900, Math.min(900, BITS - exponent)));
  }

  long cost(double cost) {
    return Math.round(cost * costs);
  }

  double cost(long sum) {
    return sum / costs;
  }
}
