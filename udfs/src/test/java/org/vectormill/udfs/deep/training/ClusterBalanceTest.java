package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.VectormillException;

class ClusterBalanceTest {
  private static Look look(long[] before, long... sizes) {
    return new Look(Arrays.stream(sizes).sum(), new double[sizes.length], sizes, before, 0);
  }

  private static void assertMerged(String message, Look look) {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> ClusterBalance.check(look, "cluster=7"));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @Test
  void rowsOfWhichMostBelongTogetherAreNoFailure() {
    assertDoesNotThrow(() -> ClusterBalance.check(look(null, 940, 60), "cluster=0"));
    assertDoesNotThrow(
        () -> ClusterBalance.check(look(new long[] {935, 65}, 940, 60), "cluster=1"));
    assertDoesNotThrow(() -> ClusterBalance.check(new long[] {960, 40}, "cluster=5"));
  }

  @Test
  void aClusterThatComesToHaveNearlyAllRowsIs() {
    assertMerged(
        "cluster 1 has 950 of 1000 rows at cluster=7; train", look(new long[] {300, 700}, 50, 950));
    assertThrows(
        VectormillException.class, () -> ClusterBalance.check(new long[] {995, 5}, "cluster=5"));
  }

  @Test
  void anEmptyClusterIs() {
    assertMerged("cluster 2 has 0 of 10 rows at cluster=7; ask for fewer", look(null, 5, 5, 0));
  }
}
