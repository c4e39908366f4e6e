package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitStoreTest {
  @TempDir java.nio.file.Path dir;

  @Test
  void refusesAStoreThatNobodyVouchesFor() {
    VectormillException e = refusal(null, false);
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("store madeup"), e.getMessage());
    assertTrue(e.getMessage().contains("spark.hadoop.vectormill.store.madeup"), e.getMessage());
  }

  @Test
  void namesAWayThatThereIsNot() {
    assertTrue(refusal("hope", false).getMessage().endsWith("got hope"));
  }

  @Test
  void writesToAStoreThatTheUserVouchesFor() {
    Table table = create(MadeUpStore.settings("create", false));
    Staging staging = table.stage("p", "r");
    assertTrue(staging.places().data().endsWith("/wave=00001"), staging.places().data());
    staging.publish(List.of(), List.of(), List.of(), List.of(), List.of("in#1"));
    assertEquals(1, create(MadeUpStore.settings("create", false)).waves().size());
  }

  @Test
  void refusesAStoreThatLetsTheSecondWriterWin() {
    Table table = create(MadeUpStore.settings("create", true));
    VectormillException e = assertThrows(VectormillException.class, () -> table.stage("p", "r"));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("two writers"), e.getMessage());
  }

  @Test
  void readsATableInAnyStore() throws Exception {
    create(MadeUpStore.settings("create", false));
    assertEquals(List.of(), Table.open(MadeUpStore.settings(null, false), uri()).waves());
  }

  @Test
  void createsOnceInAStoreWithoutRename() throws Exception {
    Configuration conf = MadeUpStore.settings("create", false);
    Path file = new Path(uri(), "00001.json");
    FileSystem fs = file.getFileSystem(conf);
    assertTrue(ExclusiveFile.create(fs, file, "first"));
    assertFalse(ExclusiveFile.create(fs, file, "second"));
  }

  private VectormillException refusal(String way, boolean careless) {
    Configuration conf = MadeUpStore.settings(way, careless);
    return assertThrows(VectormillException.class, () -> create(conf));
  }

  private String uri() {
    return "madeup://" + dir.resolve("table");
  }

  private Table create(Configuration conf) {
    return Table.openOrCreate(
        conf,
        uri(),
        new TableManifest(
            "vectors", 1, 4, "cosine", true, null, "e1", List.of(), Map.of(), "test"));
  }
}
