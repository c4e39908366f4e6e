package org.vectormill.udfs.deep.icon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.vectors.Metric;

final class NeighboursTest {
  @Test
  void areTheNearestOtherRows() {
    Rows rows = Groups.rows();
    int[] found = Neighbours.of(rows, Metric.L2, 4, Groups.CPU);
    for (int i = 0; i < rows.count(); i++) {
      int self = i;
      int[] expected =
          IntStream.range(0, rows.count())
              .filter(other -> other != self)
              .boxed()
              .sorted(Comparator.comparingDouble(other -> distance(rows, self, other)))
              .limit(4)
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(
          expected, java.util.Arrays.copyOfRange(found, 4 * i, 4 * i + 4), "row " + i);
    }
  }

  private static double distance(Rows rows, int a, int b) {
    return IntStream.range(0, rows.width())
        .mapToDouble(
            i ->
                Math.pow(
                    rows.values()[a * rows.width() + i] - rows.values()[b * rows.width() + i], 2))
        .sum();
  }

  @Test
  void equalRowsAreEachOthersAndNeverTheirOwn() {
    Rows rows = new Rows(new float[] {1, 0, 1, 0, 1, 0, 1, 0}, 2);
    int[] found = Neighbours.of(rows, Metric.COSINE, 3, Groups.CPU);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        assertTrue(found[3 * i + j] != i && found[3 * i + j] >= 0, "row " + i);
      }
    }
  }

  @Test
  void areFewerWhereThereAreFewerRows() {
    Rows two = new Rows(new float[] {1, 0, 0, 1}, 2);
    assertArrayEquals(new int[] {1, 0}, Neighbours.of(two, Metric.COSINE, 20, Groups.CPU));
    assertEquals(
        0, Neighbours.of(new Rows(new float[] {1, 0}, 2), Metric.L2, 3, Groups.CPU).length);
    assertEquals(0, Neighbours.of(new Rows(new float[0], 2), Metric.L2, 3, Groups.CPU).length);
  }
}
