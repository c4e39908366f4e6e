package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.vectormill.jobs.Main;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Table;

/**
 * Ends a JVM at every stage boundary of {@code ingest} and {@code embed}, and runs the same command
 * again: the table is that of a run that nobody disturbed. Each is the second run into its table,
 * so that rows are replaced, and the first state must stay readable throughout.
 */
class HaltAtEachBoundaryIT {
  /** Waits at the second unit too, with a finished one before it. */
  private static final List<String> TWICE =
      List.of("UNIT_WRITTEN:2", "UNIT_KEPT:2", "FILE_PLACED:2");

  @TempDir static Path dir;

  private static SparkSession spark;

  @BeforeAll
  static void prepare() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    run("sample", "--output", dir.resolve("corpus").toString());
    run(ingest(dir.resolve("items")));
    run(embed(dir.resolve("items"), dir.resolve("vectors")));
    Files.writeString(dir.resolve("corpus/texts.txt"), changedTexts());
  }

  /** The first line changed, one more at the end: a replaced row and a new one. */
  private static String changedTexts() throws Exception {
    Path file = dir.resolve("corpus/texts.txt");
    String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    return "A changed first line.\n"
        + text.substring(text.indexOf('\n') + 1)
        + "And one more at the end.\n";
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void ingestEndsAsIfNothingHadHappened() throws Exception {
    walk("items", HaltAtEachBoundaryIT::ingest);
  }

  @Test
  void embedEndsAsIfNothingHadHappened() throws Exception {
    Path items = dir.resolve("items-whole");
    copy(dir.resolve("items"), items);
    run(ingest(items));
    walk("vectors", output -> embed(items, output));
  }

  private interface Command {
    List<String> into(Path output);
  }

  private void walk(String table, Command command) throws Exception {
    Path expected = dir.resolve(table + "-expected");
    copy(dir.resolve(table), expected);
    TableContent before = TableContent.of(spark, expected);
    run(command.into(expected));
    TableContent undisturbed = TableContent.of(spark, expected);
    assertFalse(undisturbed.rows().equals(before.rows()));
    List<String> points =
        Stream.concat(Stream.of(StageBoundary.values()).map(Enum::name), TWICE.stream()).toList();
    int halted = 0;
    for (String point : points) {
      Path output = dir.resolve(table + "-" + point.replace(':', '-'));
      copy(dir.resolve(table), output);
      halted += haltAt(point, command.into(output), output, List.of(before, undisturbed)) ? 1 : 0;
      run(command.into(output));
      assertEquals(undisturbed, TableContent.of(spark, output), point);
      assertFalse(Files.exists(output.resolve("_vectormill/staging")) && hasFiles(output), point);
    }
    System.out.printf(
        "%s: the process was ended at %d of %d stage boundaries%n", table, halted, points.size());
    assertTrue(halted >= StageBoundary.values().length, halted + " points were reached");
  }

  /** After a rerun nothing may be left in staging but what the halt after the commit leaves. */
  private static boolean hasFiles(Path output) throws Exception {
    try (Stream<Path> files = Files.walk(output.resolve("_vectormill/staging"))) {
      return files.anyMatch(file -> file.toString().endsWith(".parquet"));
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

  private static List<String> ingest(Path output) {
    return List.of(
        "ingest",
        "--input",
        dir.resolve("corpus/texts.txt").toString(),
        "--text-unit",
        "line",
        "--output",
        output.toString(),
        "--max-reject-ratio",
        "0.5");
  }

  private static List<String> embed(Path items, Path output) {
    return List.of(
        "embed",
        "--input",
        items.toString(),
        "--encoder",
        "builtin:text",
        "--unit-rows",
        "16",
        "--output",
        output.toString());
  }

  private static void run(String... command) {
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), command);
    assertEquals(0, code, err::toString);
  }

  private static void run(List<String> command) {
    run(command.toArray(String[]::new));
  }

  private static void copy(Path from, Path to) throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = new ArrayList<>(walk.toList());
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
    Table.open(new Configuration(), to.toString());
  }
}
