package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancingTest {
  @ParameterizedTest
  @CsvSource({
    "1.2, 41, 8, 6",
    "1.1, 2000, 8, 275",
    "1.4, 90, 2, 63",
    "1.13, 70000, 10, 7910",
    "1.0, 41, 8, 6",
    "1.0, 40, 8, 5",
    "1.1, 40, 8, 5"
  })
  void theBoundIsInWholeRows(double ratio, long rows, int k, long most) {
    assertEquals(most, Balancing.most(ratio, rows, k));
  }
}
