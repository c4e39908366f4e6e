package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
  @TempDir static Path dir;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = StandaloneCluster.start(dir, 2);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void reportsAMissingTableThroughSparkSubmit() throws Exception {
    StandaloneCluster.Outcome outcome =
        cluster.vectormill("describe", dir.resolve("none").toString());
    assertEquals(3, outcome.exitCode(), outcome.output());
    assertTrue(outcome.output().contains("vectormill describe: "), outcome.output());
  }
}
