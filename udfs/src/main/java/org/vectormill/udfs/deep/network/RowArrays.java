package org.vectormill.udfs.deep.network;

import org.vectormill.schemas.VectormillException;

/** Lengths of arrays that hold something of each of a worker's rows. */
public final class RowArrays {
  /** The longest array that JVMs make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /**
   * A probability of each cluster.
   *
   * @throws VectormillException ({@code USAGE}) where no array is so long
   */
  public static int probabilities(long rows, int k) {
    return length(rows, k, "probabilities (--k)");
  }

  /**
   * The components of a code.
   *
   * @throws VectormillException ({@code USAGE}) where no array is so long
   */
  public static int codes(long rows, int length) {
    return length(rows, length, "components of a code");
  }

  /**
   * The numbers of each row's neighbours.
   *
   * @throws VectormillException ({@code USAGE}) where no array is so long
   */
  public static int neighbours(long rows, int count) {
    return length(rows, count, "neighbours (--neighbours)");
  }

  private static int length(long rows, int each, String what) {
    if (rows * each > LONGEST) {
      throw VectormillException.usage(
          "--workers: one of them holds %,d rows of %,d %s; at most %,d of these fit, so ask for more --workers"
              .formatted(rows, each, what, LONGEST));
    }
    return (int) (rows * each);
  }

  private RowArrays() {}
}
