package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.RowArrays;
import org.vectormill.udfs.deep.network.Rows;

class WorkerRowsTest {
  private static InMemoryWorkers<Rows> workers(int... counts) {
    return new InMemoryWorkers<>(
        IntStream.of(counts).mapToObj(count -> new Rows(new float[count], 1)).toList());
  }

  private static void assertTooMany(String what, int k, int codeLength) {
    InMemoryWorkers<Rows> workers = workers(10, 1_000_000);
    VectormillException e =
        assertThrows(
            VectormillException.class, () -> WorkerRows.requireFit(workers, k, codeLength));
    assertEquals(Fault.USAGE, e.fault());
    for (String part : List.of("1,000,000 rows of 2,148 " + what, "ask for more --workers")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void refusesMoreProbabilitiesThanAnArrayHolds() {
    assertTooMany("probabilities (--k)", 2148, 10);
  }

  @Test
  void refusesMoreCodesThanAnArrayHolds() {
    assertTooMany("components of a code", 10, 2148);
  }

  @Test
  void takesWhatFits() {
    WorkerRows.requireFit(workers(1_000_000, 0), 2147, 2147);
    assertEquals(Integer.MAX_VALUE - 8, RowArrays.codes(Integer.MAX_VALUE - 8L, 1));
    assertEquals(0, RowArrays.probabilities(1_000_000, 0));
  }

  @Test
  void refusesMoreNeighboursThanAnArrayHolds() {
    VectormillException e =
        assertThrows(VectormillException.class, () -> RowArrays.neighbours(110_000_000, 20));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("20 neighbours (--neighbours)"), e.getMessage());
  }

  /** Components 1, 3, 5, 7 and 2, 2, 2, 6: variances 5 and 3. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void varianceIsThatOfAllWorkersRows(int workers) {
    Rows rows = new Rows(new float[] {1, 2, 3, 2, 5, 2, 7, 6}, 2);
    assertEquals(4, WorkerRows.variance(InMemoryWorkers.deal(rows, workers), 2), 1e-12);
  }
}
