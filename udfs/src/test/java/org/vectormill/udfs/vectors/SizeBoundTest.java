package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizeBoundTest {
  private static final int K = 12;
  private static final int WIDTH = 8;

  /** Costs of rows in groups that lie so far apart, to {@link #K} of the rows. */
  private static double[][] costs(int groups, int each, double apart) {
    Random random = new Random(4);
    double[][] centres = new double[groups][WIDTH];
    for (double[] centre : centres) {
      Arrays.setAll(centre, j -> apart * random.nextGaussian());
    }
    double[][] rows = new double[groups * each][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = centres[i / each].clone();
      for (int j = 0; j < WIDTH; j++) {
        rows[i][j] += random.nextGaussian();
      }
    }
    double[][] costs = new double[rows.length][K];
    for (int i = 0; i < costs.length; i++) {
      for (int c = 0; c < K; c++) {
        double[] centroid = rows[c * rows.length / K];
        for (int j = 0; j < WIDTH; j++) {
          double difference = rows[i][j] - centroid[j];
          costs[i][c] += difference * difference;
        }
      }
    }
    return costs;
  }

  private static long[] sizes(double[][] costs, float[] penalties) {
    long[] sizes = new long[K];
    for (double[] row : costs) {
      int best = 0;
      for (int c = 1; c < K; c++) {
        if (row[c] + penalties[c] < row[best] + penalties[best]) {
          best = c;
        }
      }
      sizes[best]++;
    }
    return sizes;
  }

  private static double unit(double[][] costs) {
    return Arrays.stream(costs)
        .mapToDouble(row -> Arrays.stream(row).min().orElseThrow())
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1,600,0,1.02", "40,50,30,1.1", "40,50,30,1.5", "40,50,300,1.3", "13,97,30,1.2"})
  void isReachedHoweverFarApartGroupsLie(int groups, int each, double apart, double ratio) {
    double[][] costs = costs(groups, each, apart);
    long most = (long) Math.ceil(ratio * costs.length / K);
    SizeBound bound = SizeBound.start(K, unit(costs));
    while (Arrays.stream(sizes(costs, bound.penalties())).max().orElseThrow() > most) {
      assertTrue(
          bound.passes() < 300, "largest " + Arrays.toString(sizes(costs, bound.penalties())));
      bound = bound.moved(sizes(costs, bound.penalties()), most);
    }
    assertTrue(bound.passes() > 0);
    long[] sizes = sizes(costs, bound.penalties());
    for (int c = 0; c < K; c++) {
      float penalty = bound.penalties()[c];
      assertTrue(penalty >= 0, Arrays.toString(bound.penalties()));
      // Who gives rows away doesn't give too many.
      assertTrue(penalty == 0 || sizes[c] >= most / 2, Arrays.toString(sizes));
    }
  }

  @Test
  void stepsGrowInOneDirectionAndAreHalvedWhereTheyTurn() {
    SizeBound first = SizeBound.start(2, 100).moved(new long[] {9, 1}, 6);
    assertArrayEquals(new float[] {1, 0}, first.penalties());
    SizeBound second = first.moved(new long[] {8, 2}, 6);
    assertArrayEquals(new float[] {2.5f, 0}, second.penalties());
    SizeBound third = second.moved(new long[] {4, 6}, 6);
    assertArrayEquals(new float[] {1.75f, 0}, third.penalties());
    assertEquals(3, third.passes());
    SizeBound fourth = third.moved(new long[] {6, 4}, 6);
    assertArrayEquals(third.penalties(), fourth.penalties());
  }

  @Test
  void isStuckWhereAllTurnByLastBits() {
    float bit = Math.ulp(1e6f);
    float[] penalties = {1e6f, 1e6f};
    float[] turning = {-1, 1};
    long[] sizes = {9, 1};
    assertTrue(new SizeBound(7, penalties, new float[] {bit, bit}, turning).isStuck(sizes, 6));
    assertFalse(new SizeBound(7, penalties, new float[] {2 * bit, bit}, turning).isStuck(sizes, 6));
    assertFalse(
        new SizeBound(7, penalties, new float[] {bit, bit}, new float[] {1, 1}).isStuck(sizes, 6));
    assertFalse(SizeBound.start(2, 1).isStuck(sizes, 6));
  }

  @Test
  void aStepNeverComesToNothing() {
    SizeBound bound = SizeBound.start(2, Float.MIN_NORMAL);
    for (int pass = 0; pass < 200; pass++) {
      bound = bound.moved(pass % 2 == 0 ? new long[] {9, 1} : new long[] {1, 9}, 6);
    }
    assertTrue(bound.steps()[0] > 0 && bound.steps()[1] > 0, Arrays.toString(bound.steps()));
  }
}
