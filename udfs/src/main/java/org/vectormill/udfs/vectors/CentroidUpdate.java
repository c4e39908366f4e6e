package org.vectormill.udfs.vectors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The second half of an iteration: from sums to the next centroids. On the driver. */
public final class CentroidUpdate {
  /** How far the halves of a split cluster are moved apart, relative to each component. */
  private static final float APART = 1 / 1024f;

  /**
   * Means of the clusters (Lloyd 1982). An empty cluster takes half of the largest one: both become
   * its mean, moved apart by a 1,024th in opposite directions component by component, and the next
   * assignment shares its rows between them. The largest is the one with the most rows, of equal
   * ones the first; a cluster that was split counts half from then on.
   */
  public static Centroids means(Centroids before, ClusterSums sums) {
    float[] values = before.values().clone();
    long[] sizes = sums.counts();
    for (int c = 0; c < sizes.length; c++) {
      // Where rows of one cluster cancel, they have no direction; the centroid stays.
      sums.mean(c, values);
    }
    splitInto(empty(sizes), sizes, values, before.metric(), before.dimension());
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

  private static void splitInto(int[] empty, long[] sizes, float[] values, Metric metric, int d) {
    if (empty.length == 0) {
      return;
    }
    PriorityQueue<Integer> largest =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(c -> -sizes[c]).thenComparing(c -> c));
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] > 1) {
        largest.add(c);
      }
    }
    for (int to : empty) {
      Integer from = largest.poll();
      if (from == null) {
        return;
      }
      split(from, to, values, metric, d);
      sizes[to] = sizes[from] / 2;
      sizes[from] -= sizes[to];
      for (int half : new int[] {from, to}) {
        if (sizes[half] > 1) {
          largest.add(half);
        }
      }
    }
  }

  private static void split(int from, int to, float[] values, Metric metric, int d) {
    for (int i = 0; i < d; i++) {
      float value = values[from * d + i];
      float up = i % 2 == 0 ? 1 + APART : 1 - APART;
      values[from * d + i] = value * up;
      values[to * d + i] = value * (2 - up);
    }
    if (metric == Metric.COSINE) {
      FloatRows.normalise(values, from * d, d);
      FloatRows.normalise(values, to * d, d);
    }
  }

  private CentroidUpdate() {}
}
