package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.network.Rows;

class WorkerRowsTest {
  /** Components 1, 3, 5, 7 and 2, 2, 2, 6: variances 5 and 3. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void varianceIsThatOfAllWorkersRows(int workers) {
    Rows rows = new Rows(new float[] {1, 2, 3, 2, 5, 2, 7, 6}, 2);
    assertEquals(4, WorkerRows.variance(InMemoryWorkers.deal(rows, workers), 2), 1e-12);
  }
}
