package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SizeBound;

final class TrainingStateTest {
  private static final Centroids CENTROIDS = new Centroids(Metric.L2, 1, new float[] {1, 4});

  private static TrainingState there(TrainingState state) {
    return TrainingState.read(state.write(), "state");
  }

  @Test
  void aBoundOnSizesGoesOnFromAFile() {
    TrainingState state = TrainingState.start(1, 2, null).then(CENTROIDS, 7.5, new long[2]);
    assertNull(there(state).bound());
    SizeBound bound = SizeBound.start(2, 3).moved(new long[] {9, 1}, 6);
    SizeBound read = there(state.with(bound)).bound();
    long[] sizes = {5, 5};
    assertEquals(1, read.passes());
    assertArrayEquals(bound.moved(sizes, 6).penalties(), read.moved(sizes, 6).penalties());
    assertArrayEquals(bound.moved(sizes, 6).steps(), read.moved(sizes, 6).steps());
    assertArrayEquals(bound.moves(), read.moves());
  }
}
