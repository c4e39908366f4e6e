package org.vectormill.jobs.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.tables.VectorTables;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.Table;

/** A table with rejects m1 and m2 (out of memory) and e1 (empty). */
class RetryJobTest extends SparkTest {

  private final CommandRun command = new CommandRun();
  private VectorTables vectors;

  @BeforeEach
  void writeTable() {
    vectors = new VectorTables(path("vectors"));
    vectors.wave(List.of("a"));
    vectors.rejects(List.of("b"), RejectReason.OUT_OF_MEMORY, "m1", "m2");
    vectors.rejects(List.of("c"), RejectReason.EMPTY, "e1");
  }

  private int run(String job, String... further) {
    String[] all =
        Stream.concat(Stream.of(job, "--input", path("vectors")), Stream.of(further))
            .toArray(String[]::new);
    return command.code(all);
  }

  private void runWell(String job, String... further) {
    assertEquals(0, run(job, further), command::err);
  }

  private static Set<String> ids(Dataset<Row> rows) {
    Set<String> ids = new TreeSet<>();
    rows.select("id").collectAsList().forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  @Test
  void marksRejectsWhoseReasonCanPass() {
    runWell("retry-rejects");
    assertTrue(command.out().contains("2 rejects"), command.out());
    Table table = vectors.open();
    assertEquals(Set.of("m1", "m2"), ids(table.awaitedRejects(spark)));
    assertEquals(Set.of("e1"), ids(table.settledRejects(spark)));
    assertEquals(Set.of("e1", "m1", "m2"), ids(table.rejects(spark)));
    assertEquals(Set.of("a", "b", "c"), ids(table.current(spark)));
  }

  @Test
  void takesBackWhichInputWavesAreDone() {
    assertEquals(1, vectors.open().doneInputWaves().size());
    runWell("retry-rejects");
    assertEquals(Set.of(), vectors.open().doneInputWaves());
  }

  @Test
  void hidesARejectOnceItHasARowOrAnotherReject() {
    runWell("retry-rejects");
    vectors.wave(List.of("m1"));
    assertEquals(Set.of("e1", "m2"), ids(vectors.open().rejects(spark)));
    vectors.rejects(List.of("d"), RejectReason.ENCODER_FAILED, "m2");
    Table table = vectors.open();
    assertEquals(Set.of("e1", "m2"), ids(table.rejects(spark)));
    assertEquals(2, table.rejects(spark).count());
    assertEquals(Set.of(), ids(table.awaitedRejects(spark)));
  }

  @Test
  void staysWantedThroughACompaction() {
    runWell("retry-rejects");
    vectors.wave(List.of("m1"));
    runWell("compact");
    Table table = vectors.open();
    assertEquals(Set.of("m2"), ids(table.awaitedRejects(spark)));
    assertEquals(Set.of("e1"), ids(table.settledRejects(spark)));
    assertEquals(Set.of("e1", "m2"), ids(table.rejects(spark)));
  }

  @Test
  void takesTheReasonsThatAreNamed() {
    runWell("retry-rejects", "--reason", "empty");
    assertEquals(Set.of("e1"), ids(vectors.open().awaitedRejects(spark)));
    assertEquals(2, run("retry-rejects", "--reason", "tired"));
  }

  @Test
  void publishesNothingWhereNothingIsWantedOrInADryRun() {
    runWell("retry-rejects", "--dry-run");
    runWell("retry-rejects", "--reason", "changed");
    assertTrue(command.out().contains("Nothing to try again"), command.out());
    assertEquals(3, vectors.open().lastWave());
  }
}
