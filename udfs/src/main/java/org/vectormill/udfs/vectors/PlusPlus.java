package org.vectormill.udfs.vectors;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * k-means++ (Arthur and Vassilvitskii 2007) on weighted rows that fit in memory. Greedy for few
 * clusters: of several candidates the one that lowers the cost most is taken.
 */
public final class PlusPlus {
  /** Above so many clusters one candidate a step has to do. */
  private static final int GREEDY_CLUSTERS = 256;

  private final Metric metric;
  private final WeightedRows rows;
  private final SplittableRandom random;
  private final double[] costs;

  private PlusPlus(Metric metric, WeightedRows rows, long seed) {
    this.metric = metric;
    this.rows = rows;
    this.random = new SplittableRandom(seed);
    this.costs = new double[rows.rows()];
  }

  /**
   * Chooses {@code k} rows as centroids. Where fewer rows differ, the remaining ones repeat.
   *
   * @param k at least 1, at most the number of rows
   */
  public static Centroids choose(Metric metric, WeightedRows rows, int k, long seed) {
    if (k < 1 || k > rows.rows()) {
      throw new IllegalArgumentException("k must be from 1 to " + rows.rows() + ", got " + k);
    }
    return new PlusPlus(metric, rows, seed).choose(k);
  }

  private Centroids choose(int k) {
    int d = rows.dimension();
    float[] chosen = new float[Math.multiplyExact(k, d)];
    int trials = k > GREEDY_CLUSTERS ? 1 : 2 + (int) Math.log(k);
    Arrays.fill(costs, Double.POSITIVE_INFINITY);
    take(draw(rows.weights()), chosen, 0);
    double[] mass = new double[rows.rows()];
    for (int c = 1; c < k; c++) {
      for (int i = 0; i < mass.length; i++) {
        mass[i] = rows.weights()[i] * costs[i];
      }
      int best = draw(mass);
      double least = trials == 1 ? 0 : potential(best);
      for (int t = 1; t < trials; t++) {
        int candidate = draw(mass);
        double potential = potential(candidate);
        if (potential < least) {
          least = potential;
          best = candidate;
        }
      }
      take(best, chosen, c);
    }
    return new Centroids(metric, d, chosen);
  }

  /** Cost of all rows if {@code candidate} became a centroid. */
  private double potential(int candidate) {
    double total = 0;
    for (int i = 0; i < costs.length; i++) {
      total += rows.weights()[i] * Math.min(costs[i], cost(candidate, i));
    }
    return total;
  }

  private double cost(int a, int b) {
    int d = rows.dimension();
    return metric.cost(rows.values(), a * d, rows.values(), b * d, d);
  }

  private void take(int row, float[] chosen, int c) {
    int d = rows.dimension();
    System.arraycopy(rows.values(), row * d, chosen, c * d, d);
    for (int i = 0; i < costs.length; i++) {
      costs[i] = Math.min(costs[i], cost(row, i));
    }
  }

  /** A row with probability by its mass; any row where there is no mass. */
  private int draw(double[] mass) {
    double total = 0;
    for (double one : mass) {
      total += one;
    }
    if (!(total > 0)) {
      return random.nextInt(mass.length);
    }
    double at = random.nextDouble() * total;
    int last = 0;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        last = i;
        at -= mass[i];
        if (at < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
