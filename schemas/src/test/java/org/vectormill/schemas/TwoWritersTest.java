package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that know nothing of each other write the same table. */
class TwoWritersTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path dir;

  @Test
  void refusesAWaveThatWasPlannedBeforeAnotherCame() {
    Staging first = table().stage("p1", "r1");
    Staging second = table().stage("p2", "r2");
    DataFile mine = ids(second, "a");
    WaveCommit won = publish(first, ids(first, "a"));
    VectormillException e = assertThrows(VectormillException.class, () -> publish(second, mine));
    assertEquals(Fault.RETRY, e.fault());
    assertTrue(e.getMessage().contains("another run published wave 1 first"), e.getMessage());
    assertEquals(List.of(won), table().waves());
    assertTrue(Files.exists(local(mine)), "the loser's file is where it was");
  }

  @Test
  void leavesFilesThatTheWinnerSharesWithTheLoser() {
    Staging first = table().stage("p", "r1");
    Staging second = table().stage("p", "r2");
    DataFile shared = ids(first, "a");
    WaveCommit won = publish(first, shared);
    assertThrows(VectormillException.class, () -> publish(second, shared));
    DataFile there = Table.open(CONF, dir.toString()).files(won).get(0);
    assertEquals(shared.ids(), TableFiles.hashIds(CONF, there.path()));
  }

  @Test
  void finishesWhatAnotherRunOfThePlanHasWrittenDown() throws Exception {
    Staging first = table().stage("p", "r1");
    DataFile shared = ids(first, "a");
    Staging second = table().stage("p", "r2");
    interrupted(first, shared);
    assertThrows(VectormillException.class, () -> publish(second, shared));
    assertEquals("r1", table().waves().get(0).runId());
    assertEquals(1, table().waves().size());
  }

  /** Leaves the state of a run that was ended just before its commit. */
  private void interrupted(Staging staging, DataFile file) throws Exception {
    WaveCommit commit = publish(staging, file);
    Path root = dir.resolve("_vectormill");
    Files.delete(root.resolve("commits/00001.json"));
    Path placed = dir.resolve(commit.files().get(0).path());
    Files.createDirectories(local(file).getParent());
    Files.move(placed, local(file));
    PublishIntent intent =
        new PublishIntent(commit, Map.of(file.path(), commit.files().get(0).path()));
    Files.writeString(root.resolve("staging/p/publish.json"), Json.write(intent));
  }

  @Test
  void refusesATableThatChangedAfterThePlan() {
    Optional<Table> planned = Table.find(CONF, dir.toString());
    Staging other = table().stage("p", "r");
    publish(other, ids(other, "a"));
    Table now = table();
    VectormillException e =
        assertThrows(VectormillException.class, () -> now.requireUnchangedSince(planned));
    assertEquals(Fault.RETRY, e.fault());
    assertEquals(now, now.requireUnchangedSince(Optional.of(now)));
  }

  @Test
  void saysThatTheOtherRunWasTheReason() {
    Staging loser = table().stage("p", "r1");
    IllegalStateException lost = new IllegalStateException("file gone");
    assertEquals(lost, loser.reasonOf(lost));
    Staging winner = table().stage("p", "r2");
    publish(winner, ids(winner, "a"));
    RuntimeException reason = loser.reasonOf(lost);
    assertTrue(reason.getMessage().contains("another run published"), reason.getMessage());
    assertEquals(lost, reason.getCause());
  }

  @Test
  void goesOnWhereACreationWasEnded() throws Exception {
    table();
    Files.delete(dir.resolve(TableManifest.FILE_NAME));
    Files.writeString(dir.resolve("." + TableManifest.FILE_NAME + ".1234"), "half");
    assertEquals(List.of(), table().waves());
  }

  @Test
  void readsManyCommitsInOrder() {
    int waves = 40;
    for (int wave = 1; wave <= waves; wave++) {
      Staging staging = table().stage("p", "r" + wave);
      staging.publish(List.of(), List.of(), List.of(), List.of(), List.of("in#" + wave));
    }
    List<WaveCommit> read = table().waves();
    for (int wave = 1; wave <= waves; wave++) {
      assertEquals(List.of("in#" + wave), read.get(wave - 1).inputWaves());
    }
  }

  private static WaveCommit publish(Staging staging, DataFile file) {
    return staging.publish(List.of(file), List.of(), List.of(), List.of(), List.of());
  }

  private static Path local(DataFile file) {
    return Path.of(java.net.URI.create(file.path()).getPath());
  }

  private static DataFile ids(Staging staging, String... ids) {
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, uri, Map.of())) {
      for (String id : ids) {
        writer.write(id);
      }
      return writer.finish();
    }
  }

  private Table table() {
    return Table.openOrCreate(
        CONF,
        dir.toString(),
        new TableManifest(
            "vectors", 1, 4, "cosine", true, null, "e1", List.of(), Map.of(), "test"));
  }
}
