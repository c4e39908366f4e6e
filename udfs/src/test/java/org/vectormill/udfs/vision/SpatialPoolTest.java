package org.vectormill.udfs.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.engine.NetworkOutput;

final class SpatialPoolTest {
  /** Two rows of three channels and two positions; channel first: {1,2},{3,5},{4,0}. */
  private static final float[] CHANNELS_FIRST = {9, 9, 9, 9, 9, 9, 1, 2, 3, 5, 4, 0};

  /** The same with channels last: {1,3,4},{2,5,0}. */
  private static final float[] CHANNELS_LAST = {9, 9, 9, 9, 9, 9, 1, 3, 4, 2, 5, 0};

  private static double[] secondRow(SpatialPool pool, long[] shape, float[] values) {
    double[] vector = new double[pool.dimension(shape)];
    pool.pool(new NetworkOutput(shape, values), 1, vector);
    return vector;
  }

  private static SpatialPool pool(SpatialPooling pooling, boolean channelsLast) {
    return new SpatialPool(pooling, 3, channelsLast);
  }

  private static void assertAllLayouts(SpatialPooling pooling, double... expected) {
    assertArrayEquals(
        expected, secondRow(pool(pooling, false), new long[] {2, 3, 1, 2}, CHANNELS_FIRST), 1e-5);
    assertArrayEquals(
        expected, secondRow(pool(pooling, true), new long[] {2, 2, 1, 3}, CHANNELS_LAST), 1e-5);
    assertArrayEquals(
        expected, secondRow(pool(pooling, false), new long[] {2, 2, 3}, CHANNELS_LAST), 1e-5);
  }

  @Test
  void meanOverPositions() {
    assertAllLayouts(SpatialPooling.MEAN, 1.5, 4, 2);
  }

  @Test
  void maximumOverPositions() {
    assertAllLayouts(SpatialPooling.MAX, 2, 5, 4);
  }

  @Test
  void generalisedMeanOverPositions() {
    // ((1 + 8) / 2)^(1/3), ((27 + 125) / 2)^(1/3), (64 / 2)^(1/3)
    assertAllLayouts(SpatialPooling.GEM, 1.650964, 4.235824, 3.174802);
  }

  @Test
  void generalisedMeanKeepsNotANumber() {
    float[] values = CHANNELS_FIRST.clone();
    values[6] = Float.NaN;
    double[] vector = secondRow(pool(SpatialPooling.GEM, false), new long[] {2, 3, 1, 2}, values);
    assertTrue(Double.isNaN(vector[0]));
  }

  @Test
  void firstTokenOfASequence() {
    assertArrayEquals(
        new double[] {1, 3, 4},
        secondRow(pool(SpatialPooling.CLS, false), new long[] {2, 2, 3}, CHANNELS_LAST));
  }

  @Test
  void oneVectorARowIsTakenAsItIs() {
    double[] expected = {1, 2, 3, 5, 4, 0};
    SpatialPool none = pool(SpatialPooling.NONE, false);
    assertArrayEquals(expected, secondRow(none, new long[] {2, 6}, CHANNELS_FIRST));
    assertArrayEquals(expected, secondRow(none, new long[] {2, 6, 1, 1}, CHANNELS_FIRST));
    assertArrayEquals(expected, secondRow(none, new long[] {2, 1, 6}, CHANNELS_FIRST));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,'2,3,1,2',pool over positions",
    "NONE,'2,2,3',pool over positions",
    "CLS,'2,3,1,2',a sequence",
    "MEAN,'2,6',this output has none",
    "MEAN,'2',an output of",
    "MEAN,'2,1,1,1,6',an output of"
  })
  void aShapeThatDoesNotFitIsNamed(SpatialPooling pooling, String shape, String says) {
    long[] dims =
        java.util.Arrays.stream(shape.split(",", -1)).mapToLong(Long::parseLong).toArray();
    VectormillException failure =
        assertThrows(VectormillException.class, () -> pool(pooling, false).dimension(dims));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.getMessage().contains(says), failure.getMessage());
    assertTrue(failure.getMessage().contains("[" + shape.replace(",", ", ") + "]"));
  }
}
