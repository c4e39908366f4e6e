package org.vectormill.jobs.compact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.tables.TableFolder;
import org.vectormill.jobs.tables.VectorTables;
import org.vectormill.schemas.Compaction;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.schemas.WaveContent;

/** A table of four waves: a to d; a again; c removed; e, with a reject beside it. */
class CompactJobTest extends SparkTest {

  private final CommandRun command = new CommandRun();
  private Path table;
  private VectorTables vectors;

  @BeforeEach
  void writeTable() {
    table = dir.resolve("vectors");
    vectors = new VectorTables(table.toString());
    vectors.wave(List.of("a", "b", "c", "d"));
    vectors.wave(List.of("a"), "a");
    vectors.remove("c");
    vectors.rejects(List.of("e"), RejectReason.OUT_OF_MEMORY, "f");
  }

  private int compact(String... further) {
    String[] all =
        Stream.concat(Stream.of("compact", "--input", table.toString()), Stream.of(further))
            .toArray(String[]::new);
    return command.code(all);
  }

  private void compactWell(String... further) {
    assertEquals(0, compact(further), command::err);
  }

  private Map<String, float[]> byId() {
    Map<String, float[]> rows = new TreeMap<>();
    for (Row row : vectors.open().current(spark).select("id", "vector").collectAsList()) {
      List<Float> values = row.getList(1);
      float[] vector = new float[values.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = values.get(i);
      }
      assertEquals(null, rows.put(row.getString(0), vector), row.getString(0));
    }
    return rows;
  }

  @Test
  void showsTheSameRowsBitByBitFromOneWave() {
    Map<String, float[]> before = byId();
    compactWell();
    Map<String, float[]> after = byId();
    assertEquals(Set.of("a", "b", "d", "e"), after.keySet());
    before.forEach((id, vector) -> assertArrayEquals(vector, after.get(id), id));
    List<WaveCommit> waves = vectors.open().waves();
    assertEquals(1, waves.size());
    assertEquals(5, waves.get(0).wave());
    assertEquals(1, waves.get(0).files().size());
    assertEquals(4, waves.get(0).rows(), "replaced and removed rows are dropped");
    assertTrue(command.out().contains("4 rows in wave 5"), command.out());
  }

  @Test
  void keepsWhatIsDoneAndWhatWasRejectedAndRemoved() {
    Table before = vectors.open();
    compactWell();
    Table after = vectors.open();
    assertEquals(before.doneInputWaves(), after.doneInputWaves());
    assertEquals("f", after.settledRejects(spark).select("id").first().getString(0));
    assertEquals(
        before.rejects(spark).collectAsList().toString(),
        after.rejects(spark).collectAsList().toString());
    assertEquals("c", after.removedIds(spark).first().getString(0));
    assertEquals(4, after.currentIds().count());
  }

  @Test
  void keepsOldFilesForReadersOfTheOldListUntilTheRetentionIsOver() throws Exception {
    Table old = vectors.open();
    Set<String> before = TableFolder.files(table);
    compactWell();
    assertTrue(TableFolder.files(table).containsAll(before));
    assertEquals(4, old.current(spark).count());
    compactWell();
    assertTrue(TableFolder.files(table).containsAll(before), "24 hours are not over");
    assertTrue(command.out().contains("Nothing to compact"), command.out());
  }

  @Test
  void removesOldFilesOnceTheRetentionIsOver() throws Exception {
    compactWell("--retain", "0s");
    Set<String> left = TableFolder.files(table);
    assertTrue(left.stream().noneMatch(file -> file.startsWith("wave=00001/")), left::toString);
    assertTrue(left.stream().noneMatch(file -> file.contains("replaced")), left::toString);
    assertEquals(1, left.stream().filter(file -> file.startsWith("wave=")).count());
    assertEquals(Set.of("a", "b", "d", "e"), byId().keySet());
    assertTrue(command.out().contains("removed"), command.out());
  }

  @Test
  void goesOnWithFurtherWavesAndCompactsAgain() {
    compactWell();
    vectors.wave(List.of("b", "g"), "b");
    assertEquals(6, vectors.open().lastWave());
    assertArrayEquals(VectorTables.vector("b", 6), byId().get("b"));
    compactWell("--retain", "0s");
    assertEquals(Set.of("a", "b", "d", "e", "g"), byId().keySet());
    assertArrayEquals(VectorTables.vector("b", 6), byId().get("b"));
    assertArrayEquals(VectorTables.vector("a", 2), byId().get("a"));
  }

  @Test
  void mergesTheFilesOfASingleWaveAndLeavesLargeOnesAlone() {
    compactWell("--file-bytes", "1048576");
    int wave = vectors.open().lastWave();
    compactWell("--file-bytes", "1048576");
    assertEquals(wave, vectors.open().lastWave());
  }

  @Test
  void changesNothingInADryRun() throws Exception {
    Set<String> before = TableFolder.files(table);
    compactWell("--dry-run");
    assertEquals(before, TableFolder.files(table));
    assertTrue(command.out().contains("4 rows of 4 waves from 3 files into 1"), command.out());
  }

  @Test
  void dropsTheRejectsOfAWithheldRun() {
    vectors.rejects(List.of(), RejectReason.EMPTY, "w1", "w2");
    assertEquals(3, vectors.open().rejects(spark).count());
    compactWell();
    assertEquals(1, vectors.open().rejects(spark).count());
  }

  @Test
  void compactsATableWithoutRows() {
    Path empty = dir.resolve("empty");
    VectorTables none = new VectorTables(empty.toString());
    none.wave(List.of("a"));
    none.remove("a");
    table = empty;
    compactWell();
    assertEquals(0, none.open().current(spark).count());
    assertFalse(none.open().waves().get(0).withheld());
  }

  @Test
  void purgesRemovedIdsFromEveryFile() throws Exception {
    vectors.rejects(List.of("h"), RejectReason.CHANGED, "c");
    compactWell("--purge");
    assertEquals(Set.of("a", "b", "d", "e", "h"), byId().keySet());
    assertTrue(command.out().contains("1 ids purged"), command.out());
    assertTrue(command.out().contains("none left in the 2 files"), command.out());
    assertEquals(List.of("f"), ids(vectors.open().rejects(spark).collectAsList()));
    assertEquals(0, vectors.open().removedIds(spark).count());
    for (String file : vectors.open().filesWithIds()) {
      assertFalse(ids(spark.read().parquet(file).select("id").collectAsList()).contains("c"), file);
    }
  }

  private static List<String> ids(List<Row> rows) {
    return rows.stream().map(row -> row.getString(0)).toList();
  }

  @Test
  void refusesToPurgeBesideStagedFiles() throws Exception {
    Files.createDirectories(table.resolve("_vectormill/staging/other"));
    assertEquals(75, compact("--purge"));
    assertTrue(command.err().contains("other"), command.err());
    assertEquals(4, vectors.open().lastWave());
  }

  @Test
  void letsOneOfTwoCompactionsWin() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> runs =
          List.of(two.submit(() -> compact()), two.submit(() -> compact()));
      Set<Integer> codes = new TreeSet<>();
      for (Future<Integer> run : runs) {
        codes.add(run.get());
      }
      assertTrue(
          codes.equals(Set.of(0, 75)) || codes.equals(Set.of(0)), codes + ": " + command.err());
    } finally {
      two.shutdownNow();
    }
    assertEquals(1, vectors.open().waves().size());
    assertEquals(Set.of("a", "b", "d", "e"), byId().keySet());
  }

  @Test
  void yieldsToARunThatPublishesFirst() {
    Table planned = vectors.open();
    Staging compaction = planned.stage("compact-test", "r");
    vectors.wave(List.of("g"));
    WaveContent content = WaveContent.empty().withCompaction(new Compaction(planned.lastWave(), 0));
    VectormillException lost =
        assertThrows(VectormillException.class, () -> compaction.publish(content));
    assertEquals(Fault.RETRY, lost.fault());
    assertEquals(Set.of("a", "b", "d", "e", "g"), byId().keySet());
  }

  @Test
  void survivesARunThatWasPlannedBeforeIt() {
    Staging slow = vectors.open().stage("slow", "r");
    compactWell();
    VectormillException lost =
        assertThrows(
            VectormillException.class,
            () -> slow.publish(WaveContent.empty().withDone(List.of(), List.of("items#9"))));
    assertEquals(Fault.RETRY, lost.fault());
    assertEquals(Set.of("a", "b", "d", "e"), byId().keySet());
  }

  @Test
  void asksForATable() {
    table = dir.resolve("none");
    assertEquals(3, compact());
    table = dir.resolve("vectors").resolve(Table.REJECTS);
    assertEquals(3, compact());
    assertTrue(command.err().contains("name the table above"), command.err());
    assertEquals(2, compact("--file-bytes", "7"));
  }
}
