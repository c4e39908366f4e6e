package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DropoutTest {
  private static final int COUNT = 100_003;

  private static float[] of(float share, long seed) {
    try (NDManager manager = Groups.CPU.newManager()) {
      return new Dropout(share, new SplittableRandom(seed))
          .of(manager.ones(new Shape(COUNT)))
          .toFloatArray();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.25f, 0.9f})
  void dropsTheShareAndKeepsTheMean(float share) {
    int dropped = 0;
    for (float value : of(share, 7)) {
      assertTrue(value == 0 || Math.abs(value - 1 / (1 - share)) < 1e-6, "value " + value);
      dropped += value == 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial share.
    assertEquals(share, (double) dropped / COUNT, 5 * Math.sqrt(share * (1 - share) / COUNT));
  }

  @Test
  void isTheSameForASeed() {
    assertArrayEquals(of(0.2f, 1), of(0.2f, 1));
  }

  @Test
  void ofNothingLeavesAllAsItIs() {
    for (float value : of(0, 1)) {
      assertEquals(1, value);
    }
  }
}
