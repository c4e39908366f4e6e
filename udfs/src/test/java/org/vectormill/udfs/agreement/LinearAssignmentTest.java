package org.vectormill.udfs.agreement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LinearAssignmentTest {
  @Test
  void leastTotalCostNotLeastOfEachRow() {
    assertArrayEquals(new int[] {1, 0}, LinearAssignment.least(new double[][] {{1, 2}, {2, 4}}));
  }

  @Test
  void refusesCostsThatAreNoNumbers() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> LinearAssignment.least(new double[][] {{1, 2}, {Double.NaN, 4}}));
    assertTrue(failure.getMessage().contains("row 1 and column 0"), failure.getMessage());
  }
}
