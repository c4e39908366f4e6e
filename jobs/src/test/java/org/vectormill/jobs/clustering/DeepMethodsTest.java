package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.dec.Pretraining;
import org.vectormill.udfs.vectors.MatrixSpec;

class DeepMethodsTest {
  private static Pretraining pretraining(Integer workers, Float rate) {
    DeepFlags flags = new ClusterMain();
    flags.workers = workers;
    flags.learningRate = rate;
    return new DeepMethods(flags, 3, new MatrixSpec("cpu", 1), 1)
        .deep("dec")
        .options()
        .pretraining();
  }

  @Test
  void workersShareABatchAndGoSlower() {
    assertEquals(256, pretraining(null, null).batch());
    assertEquals(0.001f, pretraining(null, null).learningRate());
    assertEquals(32, pretraining(8, null).batch());
    assertEquals(0.0005f, pretraining(8, null).learningRate());
  }

  @Test
  void aRateThatIsGivenIsKept() {
    assertEquals(0.003f, pretraining(8, 0.003f).learningRate());
  }
}
