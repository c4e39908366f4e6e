package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.deep.network.SoftAssignment;

/**
 * What clusters look like between two parts of a training, over all rows.
 *
 * @param rows that were looked at
 * @param frequencies sums of the clusters' probabilities
 * @param sizes rows whose most probable cluster it is
 * @param before the same at the last look; null where this is the first
 * @param changed rows whose cluster is another than before
 */
public record Look(long rows, double[] frequencies, long[] sizes, long[] before, long changed)
    implements Serializable {
  /**
   * One worker's rows.
   *
   * @param q probabilities now, row-major
   * @param before those of the last look; null where this is the first
   */
  public static Look of(float[] q, float[] before, int k) {
    double[] frequencies = new double[k];
    SoftAssignment.addFrequencies(q, frequencies);
    int[] clusters = SoftAssignment.hard(q, k);
    long[] earlierSizes = null;
    long changed = clusters.length;
    if (before != null) {
      int[] earlier = SoftAssignment.hard(before, k);
      earlierSizes = sizes(earlier, k);
      changed = IntStream.range(0, clusters.length).filter(i -> clusters[i] != earlier[i]).count();
    }
    return new Look(clusters.length, frequencies, sizes(clusters, k), earlierSizes, changed);
  }

  private static long[] sizes(int[] clusters, int k) {
    long[] sizes = new long[k];
    for (int cluster : clusters) {
      sizes[cluster]++;
    }
    return sizes;
  }

  /** All workers' together. */
  public static Look sum(List<Look> looks) {
    int k = looks.get(0).sizes.length;
    double[] frequencies = new double[k];
    long[] sizes = new long[k];
    long[] before = looks.get(0).before == null ? null : new long[k];
    for (Look look : looks) {
      for (int j = 0; j < k; j++) {
        frequencies[j] += look.frequencies[j];
        sizes[j] += look.sizes[j];
        if (before != null) {
          before[j] += look.before[j];
        }
      }
    }
    return new Look(
        looks.stream().mapToLong(Look::rows).sum(),
        frequencies,
        sizes,
        before,
        looks.stream().mapToLong(Look::changed).sum());
  }

  /** Share of the rows whose cluster changed, 0 to 1. */
  public double changedShare() {
    return (double) changed / rows;
  }
}
