package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChosenNumberTest {
  @Test
  void aSampleIsBoundedByRowsAndByBytes() {
    assertEquals(600, ChosenNumber.sampled(600, 384));
    assertEquals(20_000, ChosenNumber.sampled(1_000_000, 384));
    assertEquals(16_384, ChosenNumber.sampled(1_000_000, 1024));
    assertEquals(1, ChosenNumber.sampled(1_000_000, 1 << 25));
  }
}
