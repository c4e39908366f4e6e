package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path dir;

  @Test
  void namesTheDirectoryThatIsNoTable() {
    VectormillException e =
        assertThrows(
            VectormillException.class, () -> Table.open(CONF, dir.resolve("none").toString()));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains("none"), e.getMessage());
  }

  /** Plans and done waves are named by it: a schedule may name a table otherwise than a shell. */
  @Test
  void hasOneUriHoweverItIsNamed() {
    create("e1");
    String name = dir.toString();
    for (String other : List.of(name + "/", "file://" + name, name + "/none/..")) {
      assertEquals(Table.open(CONF, name).uri(), Table.open(CONF, other).uri(), other);
    }
  }

  @Test
  void refusesADirectoryWithSomethingElse() throws Exception {
    Files.writeString(dir.resolve("photo.txt"), "mine");
    VectormillException e = assertThrows(VectormillException.class, () -> create("e1"));
    assertEquals(Fault.USAGE, e.fault());
  }

  @Test
  void refusesAnotherEncoderAndNamesBoth() {
    create("e1");
    VectormillException e = assertThrows(VectormillException.class, () -> create("e2"));
    assertTrue(e.getMessage().contains("e1") && e.getMessage().contains("e2"), e.getMessage());
  }

  @Test
  void showsRowsAndRejectsOfPublishedWavesAlone() {
    Staging staging = create("e1").stage("r1", "r1");
    DataFile ids = ids(staging, "a", "b");
    DataFile rejects = ids(staging, "c");
    assertEquals(List.of(), Table.open(CONF, dir.toString()).files());
    WaveCommit wave =
        staging.publish(List.of(ids), List.of(rejects), List.of(), List.of(), List.of());
    Table table = Table.open(CONF, dir.toString());
    assertEquals(List.of(wave), table.waves());
    assertEquals(2, wave.rows());
    assertEquals(ids.ids(), TableFiles.hashIds(CONF, table.files().get(0).path()));
    Table below = Table.open(CONF, dir.resolve(Table.REJECTS).toString());
    assertEquals(rejects.ids(), TableFiles.hashIds(CONF, below.files().get(0).path()));
    assertFalse(Files.exists(dir.resolve("_vectormill/staging/r1")));
  }

  @Test
  void numbersWavesOneAfterTheOther() {
    for (int wave = 1; wave <= 3; wave++) {
      Staging staging = create("e1").stage("r" + wave, "r" + wave);
      DataFile file = ids(staging, "id" + wave);
      assertEquals(
          wave, staging.publish(List.of(file), List.of(), List.of(), List.of(), List.of()).wave());
    }
    assertEquals(3, Table.open(CONF, dir.toString()).files().size());
  }

  @Test
  void letsOneOfTwoWritersCreateAFile() throws Exception {
    FileSystem fs = FileSystem.getLocal(CONF);
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(dir.toString(), "00001.json");
    assertTrue(ExclusiveFile.create(fs, file, "first"));
    assertFalse(ExclusiveFile.create(fs, file, "second"));
    assertEquals("first", Files.readString(dir.resolve("00001.json")));
  }

  @Test
  void beginsAtTheLastCompactionAndRefusesWhatItDoesNotKnow() throws Exception {
    Table table = create("e1");
    for (int wave = 1; wave <= 2; wave++) {
      Staging staging = table.stage("r" + wave, "r");
      staging.publish(
          List.of(ids(staging, "id" + wave)), List.of(), List.of(), List.of(), List.of());
      table = Table.open(CONF, dir.toString());
    }
    Staging staging = table.stage("c", "c");
    staging.publish(
        WaveContent.empty()
            .withRows(List.of(ids(staging, "id1", "id2")), List.of())
            .withCompaction(new Compaction(2, 60)));
    table = Table.open(CONF, dir.toString());
    assertEquals(1, table.waves().size());
    assertEquals(2, table.currentIds().count());
    assertEquals(2, table.superseded().size());
    Path last = dir.resolve("_vectormill/commits/00003.json");
    Files.writeString(last, Files.readString(last).replace("\"compaction\" ]", "\"magic\" ]"));
    VectormillException e =
        assertThrows(VectormillException.class, () -> Table.open(CONF, dir.toString()));
    assertTrue(e.getMessage().contains("requires magic"), e.getMessage());
  }

  private DataFile ids(Staging staging, String... ids) {
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, uri, Map.of())) {
      for (String id : ids) {
        writer.write(id);
      }
      return writer.finish();
    }
  }

  private Table create(String fingerprint) {
    return Table.openOrCreate(
        CONF,
        dir.toString(),
        new TableManifest(
            "vectors", 1, 4, "cosine", true, null, fingerprint, List.of(), Map.of(), "test"));
  }
}
