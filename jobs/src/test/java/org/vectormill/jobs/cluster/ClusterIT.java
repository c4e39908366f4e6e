package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.Main;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.jobs.failure.TableContent;

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

  @Test
  void embedsAsInLocalModeAndLoadsTheEncoderOnceAnExecutor() throws Exception {
    new ItemTables(new Configuration(), dir.resolve("items").toString(), 64)
        .wave(ItemTables.texts(0, 400));
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            embed("local", "--master", "local[2]"));
    assertEquals(0, code, err::toString);
    StandaloneCluster.Outcome outcome =
        cluster.vectormill(
            embed(
                "far",
                // No task before both executors are there.
                "--conf",
                "spark.cores.max=2",
                "--conf",
                "spark.scheduler.minRegisteredResourcesRatio=1",
                "--conf",
                "spark.scheduler.maxRegisteredResourcesWaitingTime=120s"));
    assertEquals(0, outcome.exitCode(), outcome.output());
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      assertEquals(
          TableContent.of(spark, dir.resolve("local")), TableContent.of(spark, dir.resolve("far")));
    }
    JsonNode loads =
        new ObjectMapper()
            .readTree(dir.resolve("far.json").toFile())
            .at("/details/encoder_loads_by_executor");
    assertEquals(2, loads.size(), loads::toString);
    loads.forEach(count -> assertEquals(1, count.asInt(), loads::toString));
  }

  private static String[] embed(String output, String... further) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "embed",
                "--input",
                dir.resolve("items").toString(),
                "--output",
                dir.resolve(output).toString(),
                "--encoder",
                "builtin:text",
                "--unit-rows",
                "16",
                "--result",
                dir.resolve(output + ".json").toString()));
    command.addAll(List.of(further));
    return command.toArray(String[]::new);
  }
}
