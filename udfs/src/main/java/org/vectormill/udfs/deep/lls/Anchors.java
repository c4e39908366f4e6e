package org.vectormill.udfs.deep.lls;

import java.util.Arrays;

/**
 * Pieces that are nearly one class's own. Every piece is a mixture of classes, so what domains it
 * lies in is a mixture of theirs; the pieces at the corners are the least mixed: the successive
 * projection algorithm (Araújo et al. 2001; Gillis and Vavasis 2014).
 */
final class Anchors {
  private static final int ITERATIONS = 2_000;

  /** Smaller pieces than this share of the mean one are too few rows to be a corner. */
  private static final double SMALLEST = 0.1;

  /**
   * What classes would be in the domains if the corners were classes.
   *
   * @param counts pieces x domains
   * @param k classes
   * @return {@code p(y|d)}, classes x domains
   */
  static double[][] classOfDomain(long[][] counts, int k) {
    double[][] shares = shares(counts);
    double[][] corners = corners(shares, k);
    double[] weights = weights(corners);
    for (int y = 0; y < k; y++) {
      for (int d = 0; d < corners[y].length; d++) {
        // A zero would stay one for ever.
        corners[y][d] = weights[y] * corners[y][d] + 1e-6;
      }
    }
    return LatentFactors.columns(corners);
  }

  /** {@code p(c|d)} with rows of sum 1; rows of pieces that are too small are zeros. */
  private static double[][] shares(long[][] counts) {
    int domains = counts[0].length;
    double[] rows = new double[domains];
    double all = 0;
    for (long[] piece : counts) {
      for (int d = 0; d < domains; d++) {
        rows[d] += piece[d];
        all += piece[d];
      }
    }
    double[][] shares = new double[counts.length][domains];
    for (int c = 0; c < counts.length; c++) {
      if (Arrays.stream(counts[c]).sum() < SMALLEST * all / counts.length) {
        continue;
      }
      double sum = 0;
      for (int d = 0; d < domains; d++) {
        shares[c][d] = rows[d] == 0 ? 0 : counts[c][d] / rows[d];
        sum += shares[c][d];
      }
      for (int d = 0; d < domains; d++) {
        shares[c][d] /= sum;
      }
    }
    return shares;
  }

  /** The rows that are furthest from what the ones before span, one after the other. */
  private static double[][] corners(double[][] shares, int k) {
    double[][] left = Arrays.stream(shares).map(double[]::clone).toArray(double[][]::new);
    double[][] corners = new double[k][];
    for (int y = 0; y < k; y++) {
      int furthest = 0;
      for (int c = 1; c < left.length; c++) {
        furthest = square(left[c]) > square(left[furthest]) ? c : furthest;
      }
      corners[y] = shares[furthest].clone();
      double[] direction = left[furthest].clone();
      double square = square(direction);
      for (double[] row : left) {
        double product = 0;
        for (int d = 0; d < row.length; d++) {
          product += row[d] * direction[d];
        }
        for (int d = 0; d < row.length && square > 0; d++) {
          row[d] -= product / square * direction[d];
        }
      }
    }
    return corners;
  }

  private static double square(double[] row) {
    return Arrays.stream(row).map(value -> value * value).sum();
  }

  /** Weights of the corners, none below 0, with which they make about 1 of every domain. */
  private static double[] weights(double[][] corners) {
    int domains = corners[0].length;
    double[] weights = new double[corners.length];
    Arrays.fill(weights, 1);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] made = new double[domains];
      for (int y = 0; y < weights.length; y++) {
        for (int d = 0; d < domains; d++) {
          made[d] += weights[y] * corners[y][d];
        }
      }
      for (int y = 0; y < weights.length; y++) {
        double wanted = 0;
        double found = 0;
        for (int d = 0; d < domains; d++) {
          wanted += corners[y][d];
          found += corners[y][d] * made[d];
        }
        weights[y] *= found > 0 ? wanted / found : 1;
      }
    }
    return weights;
  }

  private Anchors() {}
}
