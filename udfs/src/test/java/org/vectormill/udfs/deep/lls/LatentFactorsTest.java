package org.vectormill.udfs.deep.lls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.network.PseudoInverse;

final class LatentFactorsTest {
  /** Pieces that only one class has (anchors) make the factors unique. */
  @Test
  void findsTheFactorsThatCountsWereMadeOf() {
    double[][] pieceOfClass = {
      {0.6, 0, 0}, {0, 0.5, 0}, {0, 0, 0.7}, {0.4, 0.2, 0.1}, {0, 0.3, 0.2}
    };
    double[][] classOfDomain = {{0.8, 0.1, 0.1, 0.3}, {0.1, 0.7, 0.2, 0.3}, {0.1, 0.2, 0.7, 0.4}};
    long[][] counts = new long[5][4];
    for (int c = 0; c < 5; c++) {
      for (int d = 0; d < 4; d++) {
        double p = 0;
        for (int y = 0; y < 3; y++) {
          p += pieceOfClass[c][y] * classOfDomain[y][d];
        }
        counts[c][d] = Math.round(1e6 * (d + 1) * p);
      }
    }
    LatentFactors found = LatentFactors.of(counts, 3, 10, 1);
    for (int y = 0; y < 3; y++) {
      int anchor = y;
      int match =
          IntStream.range(0, 3)
              .reduce(
                  0,
                  (a, b) ->
                      found.pieceOfClass()[anchor][a] > found.pieceOfClass()[anchor][b] ? a : b);
      for (int d = 0; d < 4; d++) {
        assertEquals(classOfDomain[y][d], found.classOfDomain()[match][d], 0.02);
      }
      for (int c = 0; c < 5; c++) {
        assertEquals(pieceOfClass[c][y], found.pieceOfClass()[c][match], 0.02);
      }
    }
  }

  @Test
  void columnsAreDistributions() {
    LatentFactors found = LatentFactors.of(new long[][] {{3, 0}, {1, 5}, {0, 0}}, 2, 3, 1);
    for (int j = 0; j < 2; j++) {
      int column = j;
      assertEquals(
          1, IntStream.range(0, 3).mapToDouble(i -> found.pieceOfClass()[i][column]).sum(), 1e-9);
      assertEquals(
          1, IntStream.range(0, 2).mapToDouble(i -> found.classOfDomain()[i][column]).sum(), 1e-9);
    }
  }

  @Test
  void theInverseSolvesForTheShares() {
    float[] a = {0.5f, 0.1f, 0.3f, 0.2f, 0.2f, 0.7f};
    double[][] inverse = PseudoInverse.of(a, 3, 2).orElseThrow();
    double[] shares = {0.25, 0.75};
    for (int y = 0; y < 2; y++) {
      double found = 0;
      for (int d = 0; d < 3; d++) {
        found += inverse[y][d] * (a[2 * d] * shares[0] + a[2 * d + 1] * shares[1]);
      }
      assertEquals(shares[y], found, 1e-6);
    }
    assertTrue(PseudoInverse.of(new float[0], 3, 0).isPresent());
    assertFalse(PseudoInverse.of(new float[] {1, 1, 2, 2}, 2, 2).isPresent());
  }
}
