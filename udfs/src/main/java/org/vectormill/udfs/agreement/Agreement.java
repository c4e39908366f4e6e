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
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < byCluster.length; j++) {
        byLabel[i] += counts[i][j];
        byCluster[j] += counts[i][j];
      }
    }
    Agreement unmatched =
        of(GroupSizes.of(counts), GroupSizes.of(byLabel), GroupSizes.of(byCluster));
    return Math.max(byLabel.length, byCluster.length) > MAX_MATCHED
        ? unmatched
        : unmatched.withAccuracy((double) matched(counts) / unmatched.items);
  }

  /**
   * Without the accuracy, from sizes alone: they take little room however many groups there are.
   *
   * @param both of the groups of what has one label and one cluster
   */
  public static Agreement of(GroupSizes both, GroupSizes labels, GroupSizes clusters) {
    if (both.items() == 0) {
      throw new IllegalArgumentException("no items to compare");
    }
    return new Agreement(
        both.items(),
        OptionalDouble.empty(),
        nmi(both, labels, clusters),
        ari(both, labels, clusters));
  }

  private Agreement withAccuracy(double found) {
    return new Agreement(items, OptionalDouble.of(found), nmi, ari);
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

  private static double nmi(GroupSizes both, GroupSizes labels, GroupSizes clusters) {
    double sum = labels.entropy() + clusters.entropy();
    return sum == 0 ? 1 : Math.max(0, sum - both.entropy()) / (sum / 2);
  }

  private static double ari(GroupSizes both, GroupSizes labels, GroupSizes clusters) {
    double n = both.items();
    double all = n * (n - 1) / 2;
    double expected = all == 0 ? 0 : labels.pairs() * clusters.pairs() / all;
    double most = (labels.pairs() + clusters.pairs()) / 2;
    return most == expected ? 1 : (both.pairs() - expected) / (most - expected);
  }
}
