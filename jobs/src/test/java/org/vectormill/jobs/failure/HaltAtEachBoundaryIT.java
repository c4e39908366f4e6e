package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.StageBoundary;

/**
 * Ends a JVM at every stage boundary of {@code ingest} and {@code embed}, and runs the same command
 * again: the table is that of a run that nobody disturbed. Each is the second run into its table,
 * so that rows are replaced, and the first state must stay readable throughout.
 */
@Tag("slow")
class HaltAtEachBoundaryIT {
  /** Waits at the second unit too, with a finished one before it. */
  private static final List<String> TWICE =
      List.of("UNIT_WRITTEN:2", "UNIT_KEPT:2", "FILE_PLACED:2");

  /** The rerun finds nothing to do and looks no further: what is staged waits for {@code clean}. */
  private static final String LEFT_TO_CLEAN = StageBoundary.COMMITTED.name();

  @TempDir static Path dir;

  private static SparkSession spark;
  private static TextCorpus corpus;

  @BeforeAll
  static void prepare() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    corpus = new TextCorpus(dir.resolve("texts.txt"));
    corpus.write(0, 40);
    TextCorpus.run(corpus.ingest(dir.resolve("items")));
    TextCorpus.run(corpus.embed(dir.resolve("items"), dir.resolve("vectors")));
    corpus.write(5, 60);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void ingestEndsAsIfNothingHadHappened() throws Exception {
    walk("items", corpus::ingest);
  }

  @Test
  void embedEndsAsIfNothingHadHappened() throws Exception {
    Path items = dir.resolve("items-whole");
    TextCorpus.copy(dir.resolve("items"), items);
    TextCorpus.run(corpus.ingest(items));
    walk("vectors", output -> corpus.embed(items, output));
  }

  private interface Command {
    List<String> into(Path output);
  }

  private void walk(String table, Command command) throws Exception {
    Path expected = dir.resolve(table + "-expected");
    TextCorpus.copy(dir.resolve(table), expected);
    TableContent before = TableContent.of(spark, expected);
    TextCorpus.run(command.into(expected));
    TableContent undisturbed = TableContent.of(spark, expected);
    assertFalse(undisturbed.rows().equals(before.rows()));
    List<String> points =
        Stream.concat(Stream.of(StageBoundary.values()).map(Enum::name), TWICE.stream()).toList();
    List<String> halted = new ArrayList<>();
    for (String point : points) {
      Path output = dir.resolve(table + "-" + point.replace(':', '-'));
      TextCorpus.copy(dir.resolve(table), output);
      if (haltAt(point, command.into(output), output, List.of(before, undisturbed))) {
        halted.add(point);
      }
      TextCorpus.run(command.into(output));
      assertEquals(undisturbed, TableContent.of(spark, output), point);
      assertEquals(point.equals(LEFT_TO_CLEAN), hasStagedFiles(output), point);
    }
    System.out.printf(
        "%s: the process was ended at %d of %d stage boundaries%n",
        table, halted.size(), points.size());
    assertEquals(points, halted);
  }

  @Test
  void aRunThatWasKilledAtNineTenthsRedoesOneTenth() throws Exception {
    TextCorpus large = new TextCorpus(dir.resolve("large.txt"));
    large.write(0, 170);
    Path items = dir.resolve("large-items");
    Path vectors = dir.resolve("large-vectors");
    TextCorpus.run(large.ingest(items));
    // 160 rows beside the bad lines, 8 a unit.
    List<String> property = List.of("-Dvectormill.test.halt-at=UNIT_KEPT:18");
    try (ChildRun child =
        ChildRun.start(dir.resolve("nine-tenths.log"), 1, property, large.embed(items, vectors))) {
      assertEquals(StageBoundary.HALTED, child.exitCode(), child::output);
    }
    Path result = dir.resolve("nine-tenths.json");
    TextCorpus.run(
        Stream.concat(
                large.embed(items, vectors).stream(), Stream.of("--result", result.toString()))
            .toList());
    JsonNode details = new ObjectMapper().readTree(result.toFile()).get("details");
    assertEquals(18, details.get("units_resumed").asInt(), details.toString());
    assertEquals(20, details.get("units").asInt(), details.toString());
  }

  private static boolean hasStagedFiles(Path output) throws Exception {
    Path staging = output.resolve("_vectormill/staging");
    if (!Files.exists(staging)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(staging)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  private static boolean haltAt(
      String point, List<String> command, Path output, List<TableContent> states) throws Exception {
    List<String> property = List.of("-Dvectormill.test.halt-at=" + point);
    try (ChildRun child = ChildRun.start(dir.resolve(point + ".log"), 1, property, command)) {
      int code = child.exitCode();
      assertTrue(code == StageBoundary.HALTED || code == 0, point + ": " + child.output());
      assertTrue(states.contains(TableContent.of(spark, output)), point + ": a state in between");
      return code == StageBoundary.HALTED;
    }
  }
}
