package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.Main;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.jobs.failure.TableContent;

/**
 * Ends parts of a standalone cluster by their process ids while {@code embed} runs there: the table
 * is that of a run in local mode that nobody disturbed.
 */
@Tag("slow")
class ClusterFailuresIT {
  private static final int ITEMS = 1200;
  private static final int UNIT_ROWS = 8;

  @TempDir static Path dir;

  private static StandaloneCluster cluster;
  private static SparkSession spark;
  private static TableContent undisturbed;

  @BeforeAll
  static void startCluster() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    new ItemTables(new Configuration(), dir.resolve("items").toString(), UNIT_ROWS)
        .wave(ItemTables.texts(0, ITEMS));
    StringWriter err = new StringWriter();
    int code =
        Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), embed("undisturbed"));
    assertEquals(0, code, err::toString);
    undisturbed = TableContent.of(spark, dir.resolve("undisturbed"));
    cluster = StandaloneCluster.start(Files.createDirectory(dir.resolve("cluster")), 2);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
    spark.stop();
  }

  @Test
  void goesOnWhenAnExecutorIsKilled() throws Exception {
    try (Driver driver = cluster.start(embed("executor"))) {
      driver.runsUntil(() -> finishedUnits("executor") > 0);
      ProcessHandle executor = cluster.executors().get(0);
      assertTrue(executor.destroyForcibly(), "killed " + executor.pid());
      assertWell(driver.outcome(), "executor");
    }
  }

  @Test
  void goesOnWhenAWorkerIsKilledAndAnotherComes() throws Exception {
    try (Driver driver = cluster.start(embed("worker"))) {
      driver.runsUntil(() -> finishedUnits("worker") > 0);
      cluster.replaceAWorker();
      assertWell(driver.outcome(), "worker");
    }
  }

  @Test
  void keepsTheUnitsOfAKilledDriver() throws Exception {
    try (Driver driver = cluster.start(embed("driver"))) {
      driver.runsUntil(() -> finishedUnits("driver") >= 10);
      driver.kill();
    }
    long kept = finishedUnits("driver");
    assertWell(cluster.vectormill(embed("driver")), "driver");
    double resumed =
        new ObjectMapper()
            .readTree(dir.resolve("driver.json").toFile())
            .at("/details/units_resumed")
            .asDouble();
    assertTrue(resumed >= kept, kept + " units were kept, " + resumed + " resumed");
  }

  private static void assertWell(StandaloneCluster.Outcome outcome, String output) {
    assertEquals(0, outcome.exitCode(), outcome.output());
    assertEquals(undisturbed, TableContent.of(spark, dir.resolve(output)));
  }

  /** Checkpoints that tasks have left. */
  private static long finishedUnits(String output) {
    return names(dir.resolve(output).resolve("_vectormill/staging")).stream()
        .flatMap(plan -> names(plan.resolve("units")).stream())
        .filter(file -> file.getFileName().toString().matches("\\w+\\.json"))
        .count();
  }

  /** What is in a directory now; nothing where there is none. */
  private static List<Path> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] embed(String output) {
    return List.of(
            "embed",
            "--input",
            dir.resolve("items").toString(),
            "--output",
            dir.resolve(output).toString(),
            "--encoder",
            "builtin:text",
            "--unit-rows",
            String.valueOf(UNIT_ROWS),
            "--result",
            dir.resolve(output + ".json").toString())
        .toArray(String[]::new);
  }
}
