package org.vectormill.udfs.deep.lls;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Counts of pieces in domains, explained by classes: {@code p(c|d) = sum_y p(c|y) p(y|d)}. The
 * non-negative factors of most likelihood, by expectation maximisation (Hofmann, Probabilistic
 * Latent Semantic Analysis, 1999), which is non-negative matrix factorisation for the
 * Kullback-Leibler divergence (Gaussier and Goutte, 2005).
 *
 * <p>Factors of equal likelihood are many unless something is known of them. Here it is that each
 * class has a piece that is nearly its own (an anchor, as the paper on label shift assumes): a
 * first start is from the pieces that {@link Anchors} finds, and others have to be better than by
 * chance.
 *
 * @param pieceOfClass {@code p(c|y)}, pieces x classes
 * @param classOfDomain {@code p(y|d)}, classes x domains
 * @param logLikelihood of the counts
 */
record LatentFactors(double[][] pieceOfClass, double[][] classOfDomain, double logLikelihood) {
  private static final int ITERATIONS = 2_000;
  private static final double TOLERANCE = 1e-8;

  /**
   * The start from anchors, or a start at random that is better by more than the logarithm of the
   * number of rows.
   *
   * @param counts pieces x domains, no domain without rows
   * @param k classes
   * @param restarts starts at random, at least 0
   */
  static LatentFactors of(long[][] counts, int k, int restarts, long seed) {
    double[][] anchored = Anchors.classOfDomain(counts, k);
    double[][] pieces = new double[counts.length][k];
    for (double[] piece : pieces) {
      Arrays.fill(piece, 1);
    }
    LatentFactors best = new LatentFactors(columns(pieces), anchored, Double.NEGATIVE_INFINITY);
    for (int iteration = 0; iteration < ITERATIONS / 4; iteration++) {
      best = new LatentFactors(best.step(counts).pieceOfClass, anchored, best.logLikelihood);
    }
    best = best.climbed(counts);
    double margin = Math.log(Arrays.stream(counts).flatMapToLong(Arrays::stream).sum());
    List<LatentFactors> others =
        IntStream.range(0, restarts)
            .parallel()
            .mapToObj(restart -> random(counts, k, new SplittableRandom(seed + restart)))
            .toList();
    for (LatentFactors other : others) {
      if (other.logLikelihood > best.logLikelihood + margin) {
        best = other;
      }
    }
    return best;
  }

  private static LatentFactors random(long[][] counts, int k, SplittableRandom random) {
    return new LatentFactors(
            columns(random(counts.length, k, random)),
            columns(random(k, counts[0].length, random)),
            Double.NEGATIVE_INFINITY)
        .climbed(counts);
  }

  private LatentFactors climbed(long[][] counts) {
    LatentFactors now = this;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      LatentFactors next = now.step(counts);
      boolean settled =
          next.logLikelihood - now.logLikelihood < TOLERANCE * Math.abs(next.logLikelihood);
      now = next;
      if (settled) {
        break;
      }
    }
    return now;
  }

  /** Better factors, and the likelihood of those before. */
  private LatentFactors step(long[][] counts) {
    int k = classOfDomain.length;
    int domains = classOfDomain[0].length;
    double[][] pieceSums = new double[counts.length][k];
    double[][] classSums = new double[k][domains];
    double likelihood = 0;
    for (int c = 0; c < counts.length; c++) {
      for (int d = 0; d < domains; d++) {
        if (counts[c][d] == 0) {
          continue;
        }
        double p = Double.MIN_NORMAL;
        for (int y = 0; y < k; y++) {
          p += pieceOfClass[c][y] * classOfDomain[y][d];
        }
        likelihood += counts[c][d] * Math.log(p);
        for (int y = 0; y < k; y++) {
          double expected = counts[c][d] * pieceOfClass[c][y] * classOfDomain[y][d] / p;
          pieceSums[c][y] += expected;
          classSums[y][d] += expected;
        }
      }
    }
    return new LatentFactors(columns(pieceSums), columns(classSums), likelihood);
  }

  private static double[][] random(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = 0.1 + random.nextDouble();
      }
    }
    return values;
  }

  /** Columns of sum 1; a column of zeros becomes uniform. */
  static double[][] columns(double[][] values) {
    for (int j = 0; j < values[0].length; j++) {
      double sum = 0;
      for (double[] row : values) {
        sum += row[j];
      }
      for (double[] row : values) {
        row[j] = sum > 0 ? row[j] / sum : 1.0 / values.length;
      }
    }
    return values;
  }
}
