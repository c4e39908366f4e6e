package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.jobs.failure.TableContent;

class ClusterIT {
  private static final List<String> LOCAL = List.of("--master", "local[2]");

  /** No task before both executors are there. */
  private static final List<String> BOTH_EXECUTORS =
      Stream.of(
              "spark.cores.max=2",
              "spark.scheduler.minRegisteredResourcesRatio=1",
              "spark.scheduler.maxRegisteredResourcesWaitingTime=120s")
          .flatMap(setting -> Stream.of("--conf", setting))
          .toList();

  @TempDir static Path dir;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    new ItemTables(new Configuration(), dir.resolve("items").toString(), 64)
        .wave(ItemTables.texts(0, 400));
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

  @Test
  void embedsAsInLocalModeAndLoadsTheEncoderOnceAnExecutor() throws Exception {
    new CommandRun().well(embed("local", LOCAL));
    far(embed("far", BOTH_EXECUTORS));
    assertEqualTables("local", "far");
    JsonNode loads =
        new ObjectMapper()
            .readTree(dir.resolve("far.json").toFile())
            .at("/details/encoder_loads_by_executor");
    assertEquals(2, loads.size(), loads::toString);
    loads.forEach(count -> assertEquals(1, count.asInt(), loads::toString));
  }

  /** Centroids, their reduction, and the blocks that later passes read are those of one JVM. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--algorithm kmeans --k 5",
        "--algorithm kmeans --k 5 --balanced 1.2",
        "--algorithm dec --k 3 --workers 2 --layers 32,4 --epochs 3 --batch 64 --max-refreshes 3",
        "--algorithm icon --k 3 --workers 2 --heads 2 --epochs 2 --batch 64 --neighbours 5",
      })
  void clustersAsInLocalMode(String options) throws Exception {
    String name = String.valueOf(Math.abs(options.hashCode()));
    new CommandRun().well(embed("vectors", LOCAL));
    new CommandRun().well(clusters("here" + name, options, LOCAL));
    far(clusters("there" + name, options, BOTH_EXECUTORS));
    for (String table : List.of("clusters", "centroids", "metrics")) {
      assertEqualTables("here" + name + "/" + table, "there" + name + "/" + table);
    }
    assertArrayEquals(
        Files.readAllBytes(dir.resolve("here" + name + "/model.safetensors")),
        Files.readAllBytes(dir.resolve("there" + name + "/model.safetensors")));
  }

  /** Runs a command on the cluster. */
  private static void far(List<String> command) throws Exception {
    StandaloneCluster.Outcome outcome = cluster.vectormill(command.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.output());
  }

  private static void assertEqualTables(String one, String other) throws IOException {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      assertEquals(
          TableContent.of(spark, dir.resolve(one)), TableContent.of(spark, dir.resolve(other)));
    }
  }

  private static List<String> embed(String output, List<String> further) {
    List<String> command = new ArrayList<>(List.of("embed", "--encoder", "builtin:text"));
    command.addAll(List.of("--unit-rows", "16", "--input", dir.resolve("items").toString()));
    command.addAll(List.of("--output", dir.resolve(output).toString()));
    command.addAll(List.of("--result", dir.resolve(output + ".json").toString()));
    command.addAll(further);
    return command;
  }

  private static List<String> clusters(String output, String options, List<String> further) {
    List<String> command = new ArrayList<>(List.of("cluster", "--threads", "1"));
    command.addAll(List.of("--input", dir.resolve("vectors").toString()));
    command.addAll(List.of("--output", dir.resolve(output).toString()));
    command.addAll(List.of(options.split(" ")));
    command.addAll(further);
    return command;
  }
}
