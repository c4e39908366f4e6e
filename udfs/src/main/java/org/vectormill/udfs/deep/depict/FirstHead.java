package org.vectormill.udfs.deep.depict;

import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * The softmax layer that clustering starts from: its most probable cluster of a code is the nearest
 * centroid. Each cluster is a ball of one precision around its centroid, so that {@code log p} is
 * linear in the code. The precision is that of the codes, or less: the mean probability of the
 * rows' clusters is at most half way from chance to certainty. A surer layer would leave little to
 * learn.
 */
final class FirstHead {
  private static final int MOST_ROWS = 20_000;
  private static final int MOST_COSTS = 4_000_000;
  private static final double CLOSE = 1e-6;

  private final double[] costs;
  private final int k;

  private FirstHead(WeightedRows codes, Centroids centroids) {
    this.k = centroids.count();
    int rows = Math.min(codes.rows(), Math.min(MOST_ROWS, Math.max(1, MOST_COSTS / k)));
    this.costs = new double[rows * k];
    for (int i = 0; i < rows; i++) {
      int row = (int) ((long) i * codes.rows() / rows);
      for (int c = 0; c < k; c++) {
        costs[i * k + c] = centroids.cost(c, codes.values(), row);
      }
    }
  }

  /**
   * @param codes a sample of them
   * @param centroids of their clusters, row-major
   */
  static Layer of(WeightedRows codes, float[] centroids) {
    int d = codes.dimension();
    Centroids near = new Centroids(Metric.L2, d, centroids);
    double precision = new FirstHead(codes, near).precision(d);
    int k = near.count();
    float[] weight = new float[d * k];
    float[] bias = new float[k];
    for (int c = 0; c < k; c++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        double value = centroids[c * d + j];
        square += value * value;
        weight[j * k + c] = (float) (value * precision);
      }
      bias[c] = (float) (-square / 2 * precision);
    }
    return new Layer(d, k, false, weight, bias);
  }

  private double precision(int d) {
    double own = 1 / Math.max(1e-12, leastCost() / d);
    double most = (1 + 1.0 / k) / 2;
    if (sureness(own) <= most) {
      return own;
    }
    double low = 0;
    double high = own;
    while (high - low > CLOSE * high) {
      double middle = (low + high) / 2;
      if (sureness(middle) > most) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** Mean of the rows' squared distances to their centroids. */
  private double leastCost() {
    double sum = 0;
    for (int from = 0; from < costs.length; from += k) {
      sum += least(from);
    }
    return sum * k / costs.length;
  }

  /** Mean probability of the rows' clusters. */
  private double sureness(double precision) {
    double sum = 0;
    for (int from = 0; from < costs.length; from += k) {
      double least = least(from);
      double all = 0;
      for (int c = 0; c < k; c++) {
        all += Math.exp((least - costs[from + c]) / 2 * precision);
      }
      sum += 1 / all;
    }
    return sum * k / costs.length;
  }

  private double least(int from) {
    double least = costs[from];
    for (int c = 1; c < k; c++) {
      least = Math.min(least, costs[from + c]);
    }
    return least;
  }
}
