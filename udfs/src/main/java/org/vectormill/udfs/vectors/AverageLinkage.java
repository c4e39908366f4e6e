package org.vectormill.udfs.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Agglomerative clustering with average linkage (UPGMA, Sokal and Michener 1958) by chains of
 * nearest neighbours (Murtagh 1983): time and memory grow with the square of the rows, so it is for
 * centroids.
 */
public final class AverageLinkage {
  /** Most rows: their distances take 4 bytes a pair, 200 MB. */
  public static final int MAX_ROWS = 10_000;

  private final int n;
  private final float[][] distances;
  private final int[] sizes;
  private final List<Merge> merges = new ArrayList<>();

  /** Two rows whose clusters become one, at a mean distance. */
  private record Merge(int a, int b, float distance) {}

  private AverageLinkage(Centroids rows) {
    this.n = rows.count();
    this.distances = new float[n][];
    this.sizes = new int[n];
    Arrays.fill(sizes, 1);
    for (int i = 0; i < n; i++) {
      distances[i] = new float[i];
      float[] row = rows.row(i);
      for (int j = 0; j < i; j++) {
        distances[i][j] = (float) rows.metric().distance(rows.cost(j, row));
      }
    }
  }

  /**
   * Groups rows by their distances, Euclidean or 1 - cosine.
   *
   * @param k number of groups, from 1 to the number of rows
   * @return the group of each row; groups are numbered by their first row
   * @throws IllegalArgumentException for more than {@link #MAX_ROWS} rows
   */
  public static int[] groups(Centroids rows, int k) {
    if (rows.count() > MAX_ROWS || k < 1 || k > rows.count()) {
      throw new IllegalArgumentException(
          "%d rows into %d groups: expected at most %d rows and 1 to as many groups"
              .formatted(rows.count(), k, MAX_ROWS));
    }
    AverageLinkage linkage = new AverageLinkage(rows);
    linkage.merge();
    return linkage.cut(k);
  }

  /** Merges pairs that are each other's nearest, until one cluster is left. */
  private void merge() {
    int[] chain = new int[n];
    int length = 0;
    while (merges.size() < n - 1) {
      if (length == 0) {
        chain[length++] = firstAlive();
      }
      int last = chain[length - 1];
      int before = length > 1 ? chain[length - 2] : -1;
      int nearest = nearest(last, before);
      if (nearest == before) {
        length -= 2;
        join(Math.min(last, before), Math.max(last, before));
      } else {
        chain[length++] = nearest;
      }
    }
  }

  private int firstAlive() {
    int i = 0;
    while (sizes[i] == 0) {
      i++;
    }
    return i;
  }

  /** The nearest living cluster; {@code preferred} where it is as near, so that chains end. */
  private int nearest(int of, int preferred) {
    int nearest = preferred;
    float least = preferred < 0 ? Float.POSITIVE_INFINITY : distance(of, preferred);
    for (int i = 0; i < n; i++) {
      if (i != of && sizes[i] > 0 && (distance(of, i) < least || nearest < 0)) {
        least = distance(of, i);
        nearest = i;
      }
    }
    return nearest;
  }

  private float distance(int a, int b) {
    return a > b ? distances[a][b] : distances[b][a];
  }

  /** Cluster {@code to} takes up {@code from}; distances are means over all pairs of rows. */
  private void join(int to, int from) {
    merges.add(new Merge(to, from, distance(to, from)));
    double a = sizes[to];
    double b = sizes[from];
    for (int i = 0; i < n; i++) {
      if (i != to && i != from && sizes[i] > 0) {
        float mean = (float) ((a * distance(to, i) + b * distance(from, i)) / (a + b));
        distances[Math.max(to, i)][Math.min(to, i)] = mean;
      }
    }
    sizes[to] += sizes[from];
    sizes[from] = 0;
  }

  private int[] cut(int k) {
    merges.sort(Comparator.comparingDouble(Merge::distance));
    int[] root = new int[n];
    Arrays.setAll(root, i -> i);
    for (Merge merge : merges.subList(0, n - k)) {
      int a = find(root, merge.a());
      int b = find(root, merge.b());
      root[Math.max(a, b)] = Math.min(a, b);
    }
    int[] groups = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int own = find(root, i);
      groups[i] = own == i ? count++ : groups[own];
    }
    return groups;
  }

  private static int find(int[] root, int i) {
    int at = i;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }
}
