package org.vectormill.udfs.agreement;

import java.util.OptionalDouble;

/**
 * Agreement of clusters with labels. Each is 1 for groupings that are the same but for names.
 *
 * @param items number of items with a label
 * @param accuracy share of items in the cluster that their label is matched with, over the best
 *     one-to-one matching (the "unsupervised clustering accuracy" of the deep clustering papers);
 *     empty where there are too many groups to match
 * @param nmi mutual information over the mean of both entropies (Strehl and Ghosh 2002, arithmetic
 *     mean as scikit-learn has it); 1 where both groupings have one group
 * @param ari Rand index adjusted for chance (Hubert and Arabie 1985); may be below 0
 */
public record Agreement(long items, OptionalDouble accuracy, double nmi, double ari) {
  /** Groups up to which the matching takes some seconds at most. */
  public static final int MAX_MATCHED = 3000;

  /**
   * From counts.
   *
   * @param counts labels x clusters, each 0 or more, at least one above
   */
  public static Agreement of(long[][] counts) {
    long[] byLabel = new long[counts.length];
    long[] byCluster = new long[counts[0].length];
    long items = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < byCluster.length; j++) {
        byLabel[i] += counts[i][j];
        byCluster[j] += counts[i][j];
        items += counts[i][j];
      }
    }
    if (items == 0) {
      throw new IllegalArgumentException("no items to compare");
    }
    OptionalDouble accuracy =
        Math.max(byLabel.length, byCluster.length) <= MAX_MATCHED
            ? OptionalDouble.of((double) matched(counts) / items)
            : OptionalDouble.empty();
    return new Agreement(
        items, accuracy, nmi(counts, byLabel, byCluster, items), ari(counts, byLabel, byCluster));
  }

  private static long matched(long[][] counts) {
    int rows = counts.length;
    int columns = Math.max(rows, counts[0].length);
    double[][] costs = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < counts[0].length; j++) {
        costs[i][j] = -counts[i][j];
      }
    }
    int[] columnOf = LinearAssignment.least(costs);
    long matched = 0;
    for (int i = 0; i < rows; i++) {
      matched += columnOf[i] < counts[i].length ? counts[i][columnOf[i]] : 0;
    }
    return matched;
  }

  private static double nmi(long[][] counts, long[] byLabel, long[] byCluster, double n) {
    double shared = 0;
    for (int i = 0; i < byLabel.length; i++) {
      for (int j = 0; j < byCluster.length; j++) {
        if (counts[i][j] > 0) {
          double both = counts[i][j];
          shared += both / n * Math.log(both * n / byLabel[i] / byCluster[j]);
        }
      }
    }
    double mean = (entropy(byLabel, n) + entropy(byCluster, n)) / 2;
    return mean == 0 ? 1 : Math.max(0, shared) / mean;
  }

  private static double entropy(long[] sizes, double n) {
    double entropy = 0;
    for (long size : sizes) {
      if (size > 0) {
        entropy -= size / n * Math.log(size / n);
      }
    }
    return entropy;
  }

  private static double ari(long[][] counts, long[] byLabel, long[] byCluster) {
    double both = 0;
    for (long[] row : counts) {
      both += pairs(row);
    }
    double labels = pairs(byLabel);
    double clusters = pairs(byCluster);
    double n = 0;
    for (long size : byLabel) {
      n += size;
    }
    double all = n * (n - 1) / 2;
    double expected = all == 0 ? 0 : labels * clusters / all;
    double most = (labels + clusters) / 2;
    return most == expected ? 1 : (both - expected) / (most - expected);
  }

  private static double pairs(long[] sizes) {
    double pairs = 0;
    for (long size : sizes) {
      pairs += size * (size - 1.0) / 2;
    }
    return pairs;
  }
}
