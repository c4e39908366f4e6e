package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.training.Groups;

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
      assertTrue(value == 0 || Math.abs(value - 1 / (1 - share)) < 2e-3, "value " + value);
      dropped += value == 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial share.
    assertEquals(share, (double) dropped / COUNT, 5 * Math.sqrt(share * (1 - share) / COUNT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void componentsAreDroppedIndependently(int apart) {
    float share = 0.25f;
    float[] values = of(share, 8);
    int pairs = COUNT - apart;
    int both = 0;
    for (int i = 0; i < pairs; i++) {
      both += values[i] == 0 && values[i + apart] == 0 ? 1 : 0;
    }
    double expected = share * share;
    assertEquals(expected, (double) both / pairs, 8 * Math.sqrt(expected / pairs));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-7f, 0.9999999f})
  void sharesNearNothingAndAllKeepTheMean(float share) {
    double sum = 0;
    for (int seed = 0; seed < 40; seed++) {
      for (float value : of(share, seed)) {
        sum += value;
      }
    }
    // Of the larger share 61 components are left on the average, of 65,536 each.
    assertEquals(1, sum / 40 / COUNT, share < 0.5 ? 1e-3 : 0.7);
  }

  @Test
  void isTheSameForASeedAndAnotherInTheNextCall() {
    assertArrayEquals(of(0.2f, 1), of(0.2f, 1));
    try (NDManager manager = Groups.CPU.newManager()) {
      Dropout noise = new Dropout(0.2f, new SplittableRandom(1));
      float[] first = noise.of(manager.ones(new Shape(COUNT))).toFloatArray();
      assertFalse(Arrays.equals(first, noise.of(manager.ones(new Shape(COUNT))).toFloatArray()));
    }
  }

  @Test
  void ofNothingLeavesAllAsItIs() {
    for (float value : of(0, 1)) {
      assertEquals(1, value);
    }
  }
}
