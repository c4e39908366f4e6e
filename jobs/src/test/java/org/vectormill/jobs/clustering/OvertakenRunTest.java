package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Clusters, centroids and model are of one run, whatever other runs do to the same output. */
class OvertakenRunTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  @BeforeEach
  void vectors() {
    new VectorWaves(path("vectors"), 6, "l2").wave(List.of(VectorWaves.groups(0, 300, 3, 6, 5)));
  }

  /** Does something once a stage has begun, and once a table is published. */
  private static final class At implements RunContext.Progress {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String table;
    private final transient Runnable does;

    At(String stage, String table, Runnable does) {
      this.stage = stage;
      this.table = table;
      this.does = does;
    }

    @Override
    public void start(String begun, long total, String what) {
      if (begun.equals(stage)) {
        does.run();
      }
    }

    @Override
    public void published(String uri, WaveCommit wave) {
      if (table != null && uri.endsWith(table)) {
        does.run();
      }
    }

    @Override
    public void advance(long done) {}

    @Override
    public void close() {}
  }

  private WaveResult run(int k, boolean again, RunContext.Progress progress) {
    KMeansOptions kMeans =
        new KMeansOptions(k, Initialisation.AUTO, Optional.empty(), 5, 0, 1, 0, 0);
    ClusterOptions options =
        new ClusterOptions(
            path("vectors"),
            Optional.empty(),
            path("out"),
            new ClusterOptions.Train(
                new ClusterMethod.KMeans(
                    kMeans, List.of(), LevelMethod.KMEANS, Optional.empty(), Optional.empty()),
                List.of(),
                Optional.empty(),
                again,
                false),
            false,
            Optional.empty(),
            Optional.empty(),
            new MatrixSpec("cpu", 1),
            Map.of());
    return new ClusterJob()
        .run(spark, options, new RunContext("run-" + k, 7, 0.2, true, false, progress));
  }

  private WaveResult run(int k, boolean again) {
    return run(k, again, new At("", null, () -> {}));
  }

  private void assertAllOf(int k) {
    assertEquals(k, Table.open(CONF, path("out/centroids")).current(spark).count());
    ClusterModel model = ModelFile.read(path("out/model.safetensors"), CONF);
    assertEquals(k, model.centroids().count());
    Optional<Table> clusters = Table.find(CONF, path("out/clusters"));
    assertEquals(Optional.of(model.plan()), ClusterTables.plan(clusters));
  }

  @Test
  void aRunThatComesSecondLeavesWhatTheFirstMade() {
    At other = new At("k-means", null, () -> run(3, false));
    VectormillException failure =
        assertThrows(VectormillException.class, () -> run(4, false, other));
    assertEquals(Fault.RETRY, failure.fault());
    assertTrue(failure.getMessage().contains("another run published"), failure.getMessage());
    assertAllOf(3);
  }

  /** Another run, ended when it has replaced some of what lies beside the clusters, or all. */
  @ParameterizedTest
  @ValueSource(strings = {"/centroids", "/metrics", "/clusters"})
  void whatARunLeftThatDidNotEndIsSaidAndMadeAnew(String last) throws IOException {
    run(3, false);
    At end =
        new At(
            "",
            last,
            () -> {
              throw new IllegalStateException("ended");
            });
    Path commits = dir.resolve("out/clusters/_vectormill/commits");
    List<Path> before = files(commits);
    assertThrows(RuntimeException.class, () -> run(4, true, end));
    for (Path commit : files(commits)) {
      if (!before.contains(commit)) {
        // As if it had been ended just before.
        Files.delete(commit);
      }
    }
    assertEquals(4, Table.open(CONF, path("out/centroids")).current(spark).count());
    VectormillException failure = assertThrows(VectormillException.class, () -> run(3, false));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.getMessage().contains("of a run that did not end"), failure.getMessage());
    WaveResult result = run(3, true);
    assertFalse(result.summary().contains("Nothing to do"), result.summary());
    assertAllOf(3);
    assertTrue(run(3, false).summary().contains("Nothing to do"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
