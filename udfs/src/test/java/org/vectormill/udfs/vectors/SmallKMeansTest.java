package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SmallKMeansTest {
  private static final int D = 4;
  private static final int K = 5;

  /** Lloyd's fixed point: every centroid is the mean of the rows that are nearest to it. */
  @Test
  void iteratesUntilCentroidsAreTheMeansOfTheirRows() {
    Random random = new Random(5);
    List<WeightedRows.Row> list =
        IntStream.range(0, 600)
            .mapToObj(
                i -> {
                  float[] values = new float[D];
                  for (int j = 0; j < D; j++) {
                    values[j] = (float) random.nextGaussian();
                  }
                  return new WeightedRows.Row(i, values);
                })
            .toList();
    WeightedRows rows = WeightedRows.of(D, list);
    SmallKMeans.Fit fit = new SmallKMeans(new MatrixSpec("cpu", 1), 500).fit(Metric.L2, rows, K, 1);
    float[] means = new float[K * D];
    int[] counts = new int[K];
    for (int i = 0; i < rows.rows(); i++) {
      counts[fit.clusters()[i]]++;
      for (int j = 0; j < D; j++) {
        means[fit.clusters()[i] * D + j] += rows.values()[i * D + j];
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= counts[i / D];
    }
    assertArrayEquals(means, fit.centroids().values(), 0.01f);
  }
}
