package org.vectormill.udfs.deep.training;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * Clusters that merge in training: one is empty, or one has swallowed nearly all rows. Rows of
 * which most belong together are no failure, so a large cluster alone says nothing: what it was
 * before does.
 */
public final class ClusterBalance {
  /** From this share on a cluster that still grows is swallowing the others. */
  private static final double LARGE = 0.9;

  /** Growth, as a share of all rows, from one look to the next. */
  private static final double GROWN = 0.02;

  /** Where nothing is known of before: the other clusters together have next to no rows. */
  private static final double NEARLY_ALL = 0.99;

  /**
   * @param at where on the learning curve, for the message
   * @throws VectormillException ({@code QUALITY}) naming the cluster
   */
  public static void check(Look look, String at) {
    long[] sizes = look.sizes();
    long[] before = look.before();
    requireNone(empty(sizes), sizes, at);
    if (before != null) {
      OptionalInt swallowing =
          IntStream.range(0, sizes.length)
              .filter(j -> sizes[j] > LARGE * look.rows())
              .filter(j -> sizes[j] - before[j] > GROWN * look.rows())
              .findFirst();
      requireNone(swallowing, sizes, at);
    }
  }

  /**
   * Of clusters that are seen once, at the end.
   *
   * @param at where on the learning curve, for the message
   * @throws VectormillException ({@code QUALITY}) naming the cluster
   */
  public static void check(long[] sizes, String at) {
    requireNone(empty(sizes), sizes, at);
    double most = NEARLY_ALL * Arrays.stream(sizes).sum();
    requireNone(
        IntStream.range(0, sizes.length).filter(j -> sizes[j] > most).findFirst(), sizes, at);
  }

  private static OptionalInt empty(long[] sizes) {
    return IntStream.range(0, sizes.length).filter(j -> sizes[j] == 0).findFirst();
  }

  private static void requireNone(OptionalInt merged, long[] sizes, String at) {
    if (merged.isPresent()) {
      throw new VectormillException(
          Fault.QUALITY,
          "clusters merged: cluster %d has %d of %d rows at %s; %strain for longer (--epochs), or lower the rates"
              .formatted(
                  merged.getAsInt(),
                  sizes[merged.getAsInt()],
                  Arrays.stream(sizes).sum(),
                  at,
                  sizes.length > 2 ? "ask for fewer clusters, " : ""));
    }
  }

  private ClusterBalance() {}
}
