package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectedRowsTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  @Test
  void chainsAreOneGroup() {
    Centroids rows = new Centroids(Metric.L2, 1, new float[] {0, 10, 1, 11, 2, 30});
    assertArrayEquals(new int[] {0, 1, 0, 1, 0, 2}, ConnectedRows.groups(rows, 1, CPU));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, ConnectedRows.groups(rows, 0.5, CPU));
    assertArrayEquals(new int[6], ConnectedRows.groups(rows, 19, CPU));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void areThoseOfAllPairs(Metric metric) {
    int n = 1500;
    Random random = new Random(4);
    float[] values = new float[n * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() + 5;
    }
    Centroids rows = new Centroids(metric, 3, values).normalised();
    double within = metric == Metric.COSINE ? 2e-5 : 0.1;
    int[] expected = new int[n];
    Arrays.setAll(expected, i -> i);
    for (boolean again = true; again; ) {
      again = false;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          if (expected[i] != expected[j] && metric.distance(rows.cost(i, rows.row(j))) <= within) {
            int low = Math.min(expected[i], expected[j]);
            int high = Math.max(expected[i], expected[j]);
            Arrays.setAll(expected, k -> expected[k] == high ? low : expected[k]);
            again = true;
          }
        }
      }
    }
    int[] found = ConnectedRows.groups(rows, within, CPU);
    int groups = (int) Arrays.stream(found).distinct().count();
    assertTrue(groups > 10 && groups < n, groups + " groups");
    int next = 0;
    for (int i = 0; i < n; i++) {
      if (expected[i] == i) {
        assertEquals(next++, found[i], "row " + i);
      } else {
        assertEquals(found[expected[i]], found[i], "row " + i);
      }
    }
  }
}
