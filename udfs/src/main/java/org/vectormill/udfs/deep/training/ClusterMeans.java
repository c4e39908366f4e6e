package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.CodedRows;
import org.vectormill.udfs.deep.network.OpenNetwork;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * Where the clusters of a network that says their probabilities lie: sums over all workers' rows.
 *
 * @param sizes rows of each cluster
 * @param sums of their codes, row-major
 */
public record ClusterMeans(long[] sizes, double[] sums) implements Serializable {
  /**
   * Gives each row to its most probable cluster.
   *
   * @param k number of clusters
   */
  public static ClusterMeans of(
      Workers<Rows> workers, ClusterNetwork network, int k, MatrixSpec matrices) {
    List<ClusterMeans> parts =
        workers.each(network, (worker, rows, given) -> of(rows, given, k, matrices));
    ClusterMeans all = new ClusterMeans(new long[k], new double[k * network.codeLength()]);
    for (ClusterMeans part : parts) {
      for (int c = 0; c < k; c++) {
        all.sizes[c] += part.sizes[c];
      }
      for (int i = 0; i < all.sums.length; i++) {
        all.sums[i] += part.sums[i];
      }
    }
    return all;
  }

  private static ClusterMeans of(Rows rows, ClusterNetwork network, int k, MatrixSpec matrices) {
    ClusterMeans means = new ClusterMeans(new long[k], new double[k * network.codeLength()]);
    TrainingTurn.take(
        () -> {
          try (OpenNetwork open = network.open(null, matrices)) {
            for (int from = 0; from < rows.count(); from += Rows.SLICE) {
              means.add(open.of(rows.slice(from)));
            }
          }
          return means;
        });
    return means;
  }

  private void add(CodedRows coded) {
    int k = sizes.length;
    int d = sums.length / k;
    int[] clusters = SoftAssignment.hard(coded.probabilities(), k);
    for (int i = 0; i < clusters.length; i++) {
      sizes[clusters[i]]++;
      for (int j = 0; j < d; j++) {
        sums[clusters[i] * d + j] += coded.codes()[i * d + j];
      }
    }
  }

  /** The means, of unit length where the metric is cosine; zeros for an empty cluster. */
  public Centroids centroids(Metric metric) {
    int d = sums.length / sizes.length;
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / Math.max(1, sizes[i / d]));
    }
    return new Centroids(metric, d, means).normalised();
  }
}
