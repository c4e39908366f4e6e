package org.vectormill.jobs.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.tables.TableFolder;
import org.vectormill.jobs.tables.VectorTables;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Nothing but a whole export stands at its place, and the same command goes on after a kill. */
class ExportKilledTest {
  private static SparkSession spark;

  @TempDir Path dir;

  private Path output;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.hadoop.fs.copying.impl", CopyingStore.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void writeTable() {
    new VectorTables(dir.resolve("vectors").toString()).wave(List.of("a", "b", "c", "d"));
    output = dir.resolve("share/plain");
  }

  @AfterEach
  void killNoMore() {
    CopyingStore.endsAfter = Integer.MAX_VALUE;
  }

  /** Does something as a stage begins. */
  private record At(String stage, Runnable action) implements RunContext.Progress {
    @Override
    public void start(String begun, long total, String what) {
      if (begun.equals(stage)) {
        action.run();
      }
    }

    @Override
    public void advance(long done) {}

    @Override
    public void close() {}
  }

  private void export(String run, String uri, RunContext.Progress progress) {
    new ExportJob()
        .run(
            spark,
            new ExportOptions(dir.resolve("vectors").toString(), uri, 4),
            new RunContext(run, 0, 0, true, false, progress));
  }

  private void export(String run, String uri) {
    export(run, uri, new At("", () -> {}));
  }

  private String copying() {
    return CopyingStore.SCHEME + ":" + output;
  }

  private void assertWholeAndAlone() throws IOException {
    Set<String> ids = new TreeSet<>();
    spark
        .read()
        .parquet(output.toString())
        .collectAsList()
        .forEach(row -> ids.add(row.getString(0)));
    assertEquals(Set.of("a", "b", "c", "d"), ids);
    for (String file : TableFolder.files(output)) {
      assertTrue(file.matches("part-.*\\.parquet"), file);
    }
    assertEquals(List.of(output), beside());
  }

  private List<Path> beside() throws IOException {
    try (Stream<Path> files = Files.list(output.getParent())) {
      return files.collect(Collectors.toCollection(ArrayList::new));
    }
  }

  @Test
  void hasNoOutputUntilItIsWhole() throws IOException {
    for (String stage : List.of("export", "verify", "publish")) {
      export("r-" + stage, output + stage, new At(stage, () -> assertFalse(there(stage), stage)));
      assertTrue(there(stage), stage);
    }
  }

  private boolean there(String stage) {
    return Files.exists(Path.of(output + stage));
  }

  @Test
  void finishesAfterAKillAndRemovesWhatItLeft() throws IOException {
    for (String run : List.of("dead", "again")) {
      Path task = output.resolveSibling(".plain.export-" + run + "/_temporary/0");
      Files.createDirectories(task);
      Files.writeString(task.resolve("part-0.parquet"), "half of");
      Files.writeString(task.getParent().resolveSibling("part-0.parquet"), "half of");
    }
    export("again", output.toString());
    assertWholeAndAlone();
  }

  @Test
  void leavesNothingWhereItFails() throws IOException {
    RuntimeException thrown = new IllegalStateException("failed");
    At verify =
        new At(
            "verify",
            () -> {
              throw thrown;
            });
    assertEquals(
        thrown,
        assertThrows(IllegalStateException.class, () -> export("one", output.toString(), verify)));
    assertEquals(List.of(), beside());
  }

  @Test
  void letsTheFasterOfTwoRunsWin() throws IOException {
    for (String stage : List.of("verify", "publish")) {
      At faster = new At(stage, () -> export("faster", output + stage));
      VectormillException thrown =
          assertThrows(VectormillException.class, () -> export("slower", output + stage, faster));
      assertEquals(Fault.USAGE, thrown.fault());
      assertTrue(thrown.getMessage().contains("another run made it"), thrown.getMessage());
    }
    assertEquals(2, beside().size());
  }

  @Test
  void finishesWhatWasKilledWhileAStoreCopied() throws IOException {
    CopyingStore.endsAfter = 1;
    assertThrows(IllegalStateException.class, () -> export("one", copying()));
    assertEquals(1, TableFolder.files(output).size());
    CopyingStore.endsAfter = Integer.MAX_VALUE;
    export("two", copying());
    assertWholeAndAlone();
  }

  @Test
  void keepsSomebodysFilesWhereACopyWasKilled() throws IOException {
    CopyingStore.endsAfter = 1;
    assertThrows(IllegalStateException.class, () -> export("one", copying()));
    Path other = Files.writeString(output.resolve("notes.txt"), "mine");
    CopyingStore.endsAfter = Integer.MAX_VALUE;
    VectormillException thrown =
        assertThrows(VectormillException.class, () -> export("two", copying()));
    assertTrue(thrown.getMessage().contains("is there already"), thrown.getMessage());
    assertTrue(Files.exists(other));
    assertEquals(2, TableFolder.files(output).size());
  }
}
