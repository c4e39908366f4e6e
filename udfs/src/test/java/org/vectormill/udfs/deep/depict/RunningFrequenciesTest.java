package org.vectormill.udfs.deep.depict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RunningFrequenciesTest {
  @Test
  void aBatchCountsAFiftieth() {
    RunningFrequencies running = new RunningFrequencies(new double[] {30, 10}, 100, 50);
    assertArrayEquals(new float[] {0.735f, 0.265f}, running.after(new float[] {0, 1}), 1e-6f);
    assertArrayEquals(new float[] {0.7203f, 0.2797f}, running.after(new float[] {0, 1}), 1e-6f);
  }

  /** Two rows of a batch say little of 40 clusters: 50 rows a cluster are 1,000 batches. */
  @Test
  void aSmallBatchOfManyClustersCountsLess() {
    double[] before = new double[40];
    Arrays.fill(before, 3);
    float[] batch = new float[40];
    batch[7] = 1;
    float[] now = new RunningFrequencies(before, 2, 50).after(batch);
    assertEquals(0.025 + 0.001 * (1 - 0.025), now[7], 1e-7);
    assertEquals(0.025 * 0.999, now[0], 1e-7);
  }
}
