package org.vectormill.udfs.deep.depict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.vectors.WeightedRows;

final class FirstHeadTest {
  private static final int D = 3;

  /** Probabilities of the clusters for one code. */
  private static double[] probabilities(Layer head, float[] codes, int row) {
    int k = head.outputs();
    double[] p = new double[k];
    double sum = 0;
    for (int c = 0; c < k; c++) {
      double logit = head.bias()[c];
      for (int j = 0; j < D; j++) {
        logit += head.weight()[j * k + c] * codes[row * D + j];
      }
      p[c] = Math.exp(logit);
      sum += p[c];
    }
    for (int c = 0; c < k; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private static float[] gaussian(int values, double spread, long seed) {
    Random random = new Random(seed);
    float[] made = new float[values];
    for (int i = 0; i < values; i++) {
      made[i] = (float) (spread * random.nextGaussian());
    }
    return made;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 12})
  void isHalfWayFromChanceToCertainty(int k) {
    float[] centroids = gaussian(k * D, 1, 1);
    float[] noise = gaussian(30 * k * D, 0.05, 2);
    float[] codes = new float[noise.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = centroids[i % centroids.length] + noise[i];
    }
    Layer head = FirstHead.of(WeightedRows.equal(D, codes), centroids);
    double sum = 0;
    for (int row = 0; row < 30 * k; row++) {
      double[] p = probabilities(head, codes, row);
      for (int c = 0; c < k; c++) {
        assertTrue(p[c] <= p[row % k], "row " + row + " is nearest to its own centroid");
      }
      sum += p[row % k];
    }
    assertEquals((1 + 1.0 / k) / 2, sum / (30 * k), 1e-3);
  }

  /** No surer than balls of the codes' own variance, which here say little. */
  @Test
  void ballsThatOverlapStayAsTheyAre() {
    float[] centroids = {0, 0, 0, 0.1f, 0, 0};
    float[] codes = {-1, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, 0};
    Layer head = FirstHead.of(WeightedRows.equal(D, codes), centroids);
    // Squared distances 1, .81, 1 and 1 of three components each.
    double precision = 1 / (3.81 / 4 / 3);
    assertEquals(0.1 * precision, head.weight()[1], 1e-6);
    assertEquals(-0.005 * precision, head.bias()[1], 1e-7);
  }

  @Test
  void codesInOnePlaceHaveALayerOfNumbers() {
    Layer head = FirstHead.of(WeightedRows.equal(D, new float[12]), new float[2 * D]);
    double[] p = probabilities(head, new float[D], 0);
    assertEquals(0.5, p[0], 1e-9);
  }
}
