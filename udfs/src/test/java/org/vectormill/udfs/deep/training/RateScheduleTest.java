package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RateScheduleTest {
  @Test
  void aConstantRateStays() {
    assertEquals(0.1f, RateSchedule.CONSTANT.rate(0.1f, 0, 3));
    assertEquals(0.1f, RateSchedule.CONSTANT.rate(0.1f, 2, 3));
  }

  @Test
  void aCosineFallsFromAllToNearlyNothing() {
    assertEquals(0.1f, RateSchedule.COSINE.rate(0.1f, 0, 1));
    assertEquals(0.1f, RateSchedule.COSINE.rate(0.1f, 0, 3));
    assertEquals(0.075f, RateSchedule.COSINE.rate(0.1f, 1, 3), 1e-8f);
    assertEquals(0.025f, RateSchedule.COSINE.rate(0.1f, 2, 3), 1e-8f);
    assertTrue(RateSchedule.COSINE.rate(0.1f, 999, 1000) > 0);
  }
}
