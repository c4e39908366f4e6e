package org.vectormill.udfs.vectors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The second half of an iteration: from sums to the next centroids. On the driver. */
public final class CentroidUpdate {
  /** Least mean square distance from the mean, as a share of that from the centroid before. */
  private static final double LEAST_SPREAD = 1e-9;

  /**
   * Means of the clusters (Lloyd 1982). An empty cluster takes half of the largest one: both become
   * its mean, moved apart in opposite directions, and the next assignment shares its rows between
   * them. The largest is the one with the most rows, of equal ones the first; a cluster that was
   * split counts half from then on, and one whose rows are all equal is not split.
   *
   * <p>Halves go as far as the rows' own spread says, wherever the origin is: along a direction
   * drawn from the sums, by half of the standard deviation along one direction. So far a cost
   * rarely rises, as rows' mean distance from the plane between the halves is .8 of it.
   */
  public static Centroids means(Centroids before, ClusterSums sums) {
    float[] values = before.values().clone();
    long[] sizes = sums.counts();
    for (int c = 0; c < sizes.length; c++) {
      // Where rows of one cluster cancel, they have no direction; the centroid stays.
      sums.mean(c, values);
    }
    int[] empty = empty(sizes);
    if (empty.length > 0) {
      splitInto(empty, sizes, spreads(before, sums, values), values, before, sums.cost());
    }
    return new Centroids(before.metric(), before.dimension(), values);
  }

  /**
   * One step of mini-batch k-means (Sculley 2010): each centroid moves to the mean of all rows that
   * it was given up to now. Nothing is split, since a small batch leaves clusters empty by chance.
   *
   * @param seen rows of each cluster in earlier batches; those of this one are added
   */
  public static Centroids moved(Centroids before, ClusterSums batch, long[] seen) {
    int d = before.dimension();
    float[] values = before.values().clone();
    for (int c = 0; c < seen.length; c++) {
      long n = batch.count(c);
      if (n == 0) {
        continue;
      }
      seen[c] += n;
      for (int i = 0; i < d; i++) {
        double old = values[c * d + i];
        values[c * d + i] = (float) (old + (batch.sum(c, i) - n * old) / seen[c]);
      }
      if (before.metric() == Metric.COSINE) {
        FloatRows.normalise(values, c * d, d);
      }
    }
    return new Centroids(before.metric(), d, values);
  }

  private static int[] empty(long[] sizes) {
    int[] found = new int[sizes.length];
    int count = 0;
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] == 0) {
        found[count++] = c;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Root mean square distance of each cluster's rows from their mean; unit rows' for cosine. */
  private static double[] spreads(Centroids before, ClusterSums sums, float[] means) {
    int d = before.dimension();
    double[] spreads = new double[sums.clusters()];
    for (int c = 0; c < spreads.length; c++) {
      if (sums.count(c) == 0) {
        continue;
      }
      double cost = sums.cost(c) / sums.count(c);
      double square =
          switch (before.metric()) {
            // Costs are those of the centroid before.
            case L2 -> cost - FloatRows.squaredDistance(means, c * d, before.values(), c * d, d);
            case COSINE -> 2 * (1 - sums.meanLength(c));
          };
      // What is left of two numbers that are nearly equal is rounding.
      spreads[c] = square > LEAST_SPREAD * Math.max(1e-7, cost) ? Math.sqrt(square) : 0;
    }
    return spreads;
  }

  private static void splitInto(
      int[] empty,
      long[] sizes,
      double[] spreads,
      float[] values,
      Centroids before,
      double drawnFrom) {
    PriorityQueue<Integer> largest =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(c -> -sizes[c]).thenComparing(c -> c));
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] > 1 && spreads[c] > 0) {
        largest.add(c);
      }
    }
    int d = before.dimension();
    for (int to : empty) {
      Integer from = largest.poll();
      if (from == null) {
        return;
      }
      long seed = RowKey.random(Double.doubleToLongBits(drawnFrom), to);
      split(values, from * d, to * d, d, spreads[from] / 2 / d, seed);
      if (before.metric() == Metric.COSINE) {
        FloatRows.normalise(values, from * d, d);
        FloatRows.normalise(values, to * d, d);
      }
      spreads[to] = spreads[from];
      sizes[to] = sizes[from] / 2;
      sizes[from] -= sizes[to];
      for (int half : new int[] {from, to}) {
        if (sizes[half] > 1) {
          largest.add(half);
        }
      }
    }
  }

  /**
   * @param apart how far each half goes along one component, in the mean
   */
  private static void split(float[] values, int from, int to, int d, double apart, long seed) {
    for (int i = 0; i < d; i++) {
      float value = values[from + i];
      // From .5 to 1.5 either way: whole numbers would leave rows between them that are as near.
      double drawn = 2 * RowKey.uniform(seed, i) - 1;
      double step = apart * (drawn + Math.signum(drawn) / 2);
      // Far from the origin a small step would be lost to rounding.
      float moved = (float) Math.copySign(Math.max(Math.abs(step), 2 * Math.ulp(value)), step);
      values[from + i] = value + moved;
      values[to + i] = value - moved;
    }
  }

  private CentroidUpdate() {}
}
