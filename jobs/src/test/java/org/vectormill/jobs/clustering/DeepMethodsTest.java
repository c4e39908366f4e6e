package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.dec.Averages;
import org.vectormill.udfs.deep.dec.DeepOptions;
import org.vectormill.udfs.deep.dec.Pretraining;
import org.vectormill.udfs.vectors.MatrixSpec;

class DeepMethodsTest {
  private static DeepFlags flags(Integer workers) {
    DeepFlags flags = new ClusterMain();
    flags.workers = workers;
    return flags;
  }

  private static DeepOptions options(DeepFlags flags) {
    return new DeepMethods(flags, 3, new MatrixSpec("cpu", 1), 1).deep("dec").options();
  }

  private static Pretraining pretraining(Integer workers) {
    return options(flags(workers)).pretraining();
  }

  @Test
  void severalWorkersAreAveragedByTheirSteps() {
    assertEquals(Averages.ONCE, options(flags(null)).averages());
    assertEquals(Averages.BY_STEPS, options(flags(8)).averages());
    DeepFlags chosen = flags(8);
    chosen.averages = 3;
    assertEquals(Averages.of(3), options(chosen).averages());
  }

  @Test
  void workersShareABatchAtOneWorkersRate() {
    assertEquals(256, pretraining(null).batch());
    assertEquals(0.001f, pretraining(null).learningRate());
    assertEquals(32, pretraining(8).batch());
    assertEquals(0.001f, pretraining(8).learningRate());
  }
}
