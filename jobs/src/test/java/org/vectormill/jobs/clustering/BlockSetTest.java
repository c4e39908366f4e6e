package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.vectors.Metric;

class BlockSetTest extends SparkTest {
  private static BlockSet read(Pending pending, int dimension) {
    return BlockSet.read(spark, pending, Metric.L2, dimension, 5);
  }

  @Test
  void keepsBlocksUntilItIsClosedAndNoneWhereReadingFails() {
    Table table =
        new VectorWaves(path("vectors"), 6, "l2")
            .wave(List.of(VectorWaves.groups(0, 300, 3, 6, 12)));
    Pending pending = new PendingPlan(spark, InputWaves.of(table, null), 100).pending(null);
    Set<Integer> before = persisted();
    try (BlockSet set = read(pending, 6)) {
      assertEquals(300, set.rows());
      assertEquals(before.size() + 1, persisted().size());
    }
    assertEquals(before, persisted());
    assertThrows(SparkException.class, () -> read(pending, 5));
    assertEquals(before, persisted());
  }
}
