package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableManifest;

/**
 * Ends a JVM at every stage boundary of {@code cluster --retrain}, which replaces three tables and
 * a model, and runs the same command again: all four are those of a run that nobody disturbed.
 */
@Tag("slow")
class ClusterBoundariesIT {
  private static final List<String> TABLES = List.of("clusters", "centroids", "metrics");

  /** Boundaries that each of the three tables passes when it is published. */
  private static final List<StageBoundary> OF_EACH =
      List.of(
          StageBoundary.INTENT_WRITTEN,
          StageBoundary.FILES_PLACED,
          StageBoundary.COMMITTED,
          StageBoundary.STAGING_REMOVED);

  private static final String[] CHANGED = {"--retrain", "--metric", "l2"};

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path dir;

  private static SparkSession spark;

  @BeforeAll
  static void prepare() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    TextCorpus corpus = new TextCorpus(dir.resolve("texts.txt"));
    corpus.write(0, 60);
    TextCorpus.run(corpus.ingest(dir.resolve("items")));
    TextCorpus.run(corpus.embed(dir.resolve("items"), dir.resolve("vectors")));
    TextCorpus.run(command(dir.resolve("out"), "3"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static List<String> command(Path output, String k, String... more) {
    List<String> command = new ArrayList<>(List.of("cluster", "--threads", "1", "--k", k));
    command.addAll(List.of("--input", dir.resolve("vectors").toString()));
    command.addAll(List.of("--output", output.toString()));
    command.addAll(List.of(more));
    return command;
  }

  /** What a reader finds of a table, and what its manifest says of it. */
  private record Seen(TableContent content, JsonNode manifest) {}

  private static List<Seen> content(Path output) {
    return TABLES.stream().map(table -> seen(output, table)).toList();
  }

  private static Seen seen(Path output, String table) {
    Path uri = output.resolve(table);
    TableManifest manifest = Table.open(new Configuration(), uri.toString()).manifest();
    return new Seen(TableContent.of(spark, uri), anywhere(JSON.valueToTree(manifest)));
  }

  /** Without the directory, which is among a table's options. */
  private static JsonNode anywhere(JsonNode manifest) {
    ((ObjectNode) manifest.get("options")).remove("output");
    return manifest;
  }

  /** What the manifests' files say, which readers that look at no commits go by. */
  private static List<JsonNode> manifestFiles(Path output) throws IOException {
    List<JsonNode> files = new ArrayList<>();
    for (String table : TABLES) {
      Path file = output.resolve(table).resolve(TableManifest.FILE_NAME);
      files.add(anywhere(JSON.readTree(file.toFile())));
    }
    return files;
  }

  private static byte[] model(Path output) throws Exception {
    return Files.readAllBytes(output.resolve("model.safetensors"));
  }

  private static List<String> points() {
    Stream<String> once =
        Stream.of(StageBoundary.values())
            .filter(point -> point != StageBoundary.TABLE_CREATED)
            .map(Enum::name);
    Stream<String> again =
        OF_EACH.stream()
            .flatMap(point -> IntStream.of(2, 3).mapToObj(time -> point.name() + ":" + time));
    return Stream.concat(again, once).toList();
  }

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    Path expected = dir.resolve("expected");
    TextCorpus.copy(dir.resolve("out"), expected);
    List<Seen> before = content(expected);
    TextCorpus.run(command(expected, "4", CHANGED));
    List<Seen> undisturbed = content(expected);
    assertNotEquals(before, undisturbed);
    List<String> halted = new ArrayList<>();
    for (String point : points()) {
      Path output = dir.resolve("out-" + point.replace(':', '-'));
      TextCorpus.copy(dir.resolve("out"), output);
      List<String> command = command(output, "4", CHANGED);
      List<String> property = List.of("-Dvectormill.test.halt-at=" + point);
      try (ChildRun child = ChildRun.start(dir.resolve(point + ".log"), 1, property, command)) {
        int code = child.exitCode();
        assertTrue(code == StageBoundary.HALTED || code == 0, point + ": " + child.output());
        if (code == StageBoundary.HALTED) {
          halted.add(point);
        }
      }
      List<Seen> between = content(output);
      for (int table = 0; table < TABLES.size(); table++) {
        Seen seen = between.get(table);
        assertTrue(
            seen.equals(before.get(table)) || seen.equals(undisturbed.get(table)),
            () -> point + ": in between are " + seen);
      }
      TextCorpus.run(command);
      assertEquals(undisturbed, content(output), point);
      assertEquals(manifestFiles(expected), manifestFiles(output), point);
      assertArrayEquals(model(expected), model(output), point);
    }
    System.out.printf(
        "cluster: the process was ended at %d of %d stage boundaries%n",
        halted.size(), points().size());
    assertEquals(points(), halted);
  }
}
