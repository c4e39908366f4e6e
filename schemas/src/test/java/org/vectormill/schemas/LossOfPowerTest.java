package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content reaches the disk before its name, files before the commit that lists them. */
class LossOfPowerTest {
  private final Configuration conf = RecordingDisk.settings();

  @TempDir Path dir;

  @Test
  void aCommitComesAfterAllThatItLists() {
    Table table = table();
    Staging staging = table.stage("p", "r");
    DataFile rows = ids(staging.places().data(), table);
    DataFile old = ids(staging.places().lists(), table);
    staging.publish(
        WaveContent.empty().withRows(List.of(rows), List.of()).withHidden(List.of(old), List.of()));
    for (DataFile file : List.of(rows, old)) {
      String name = new org.apache.hadoop.fs.Path(file.path()).getName();
      inOrder("sync " + name, "rename " + name);
      assertTrue(last("rename " + name) < last("sync directory wave=00001"));
    }
    inOrder("sync content of publish.json", "link publish.json");
    inOrder("sync directory wave=00001", "link 00001.json");
    inOrder("sync directory replaced", "link 00001.json");
    inOrder("sync content of 00001.json", "link 00001.json");
    inOrder("link 00001.json", "sync directory commits");
  }

  @Test
  void namesOfNewDirectoriesStay() {
    var unused = table();
    assertTrue(
        RecordingDisk.DONE.indexOf("sync directory " + dir.getFileName()) >= 0,
        RecordingDisk.DONE::toString);
    inOrder("sync content of _vectormill.json", "link _vectormill.json");
  }

  @Test
  void aCheckpointComesAfterTheFileThatItNames() {
    Table table = table();
    Staging staging = table.stage("p", "r");
    DataFile rows = ids(staging.places().data(), table);
    String content = new Checkpoints(conf, staging.places().units()).keep("unit-1", rows.path());
    assertEquals(rows.path(), content);
    String name = new org.apache.hadoop.fs.Path(rows.path()).getName();
    inOrder("sync " + name, "link unit-1.json");
    inOrder("sync content of unit-1.json", "link unit-1.json");
    staging.discard();
  }

  private static void inOrder(String first, String second) {
    int one = RecordingDisk.DONE.indexOf(first);
    int other = last(second);
    assertTrue(one >= 0 && one < other, first + ", " + second + ": " + RecordingDisk.DONE);
  }

  private static int last(String what) {
    return RecordingDisk.DONE.lastIndexOf(what);
  }

  private DataFile ids(String directory, Table table) {
    String uri = StagingPlaces.newFile(directory, "ids");
    try (TableFileWriter<String> writer = TableFiles.writeIds(conf, uri, table.footer())) {
      writer.write("a");
      return writer.finish();
    }
  }

  private Table table() {
    return Table.openOrCreate(
        conf,
        dir.resolve("table").toUri().toString(),
        new TableManifest("items", 1, null, null, null, null, null, List.of(), Map.of(), "test"));
  }
}
