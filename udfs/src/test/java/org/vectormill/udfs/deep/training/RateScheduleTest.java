package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RateScheduleTest {
  @Test
  void aConstantRateStays() {
    assertEquals(1, RateSchedule.CONSTANT.share(0, 3));
    assertEquals(1, RateSchedule.CONSTANT.share(2, 3));
  }

  @Test
  void aCosineFallsFromAllToNearlyNothing() {
    assertEquals(1, RateSchedule.COSINE.share(0, 1));
    assertEquals(1, RateSchedule.COSINE.share(0, 3));
    assertEquals(0.75, RateSchedule.COSINE.share(1, 3), 1e-12);
    assertEquals(0.25, RateSchedule.COSINE.share(2, 3), 1e-12);
    assertTrue(RateSchedule.COSINE.share(999, 1000) > 0);
  }
}
