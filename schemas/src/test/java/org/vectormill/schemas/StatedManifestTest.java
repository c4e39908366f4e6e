package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table's manifest changes with its rows, at once or not at all. */
class StatedManifestTest {
  private static final Configuration CONF = new Configuration();
  private static final String COMMIT = "_vectormill/commits/00002.json";

  @TempDir Path dir;

  @BeforeEach
  void firstWave() {
    publish(Table.openOrCreate(CONF, dir.toString(), manifest(4)), "p1", 0);
  }

  private Table table() {
    return Table.open(CONF, dir.toString());
  }

  private Table replacing(int dimension) {
    return Table.openToReplace(CONF, dir.toString(), manifest(dimension));
  }

  private static TableManifest manifest(int dimension) {
    return new TableManifest(
        "vectors",
        1,
        dimension,
        dimension == 4 ? "cosine" : "l2",
        dimension == 4,
        JsonNodeFactory.instance.objectNode().put("length", (long) dimension),
        "e1",
        List.of("in"),
        Map.of("dimension", String.valueOf(dimension), "k", "1"),
        "test");
  }

  /** A wave that stands for all before it, of which the last is {@code through}. */
  private static WaveCommit publish(Table table, String plan, int through) {
    Staging staging = table.stage(plan, plan);
    WaveContent content = WaveContent.empty().withRows(List.of(ids(table, staging)), List.of());
    return staging.publish(
        through == 0 ? content : content.withCompaction(new Compaction(through, 60)));
  }

  private static DataFile ids(Table table, Staging staging) {
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, uri, table.footer())) {
      writer.write("a");
      return writer.finish();
    }
  }

  private void assertDimension(int expected) {
    assertEquals(expected, table().manifest().dimension());
    Table rejects = Table.open(CONF, dir.resolve(Table.REJECTS).toString());
    assertEquals(TableKind.REJECTS, rejects.manifest().tableKind());
    assertEquals("" + expected, rejects.manifest().options().get("dimension"));
  }

  private void assertFilesSay(int expected) throws IOException {
    for (String folder : List.of("", Table.REJECTS)) {
      String json = Files.readString(file(folder));
      TableManifest there = Json.read(json, TableManifest.class, folder);
      assertEquals("" + expected, there.options().get("dimension"), folder);
    }
  }

  private Path file(String folder) {
    return dir.resolve(folder).resolve(TableManifest.FILE_NAME);
  }

  @Test
  void changesWithTheWaveThatReplacesTheRows() throws IOException {
    Table before = table();
    Table next = replacing(7);
    assertDimension(4);
    assertEquals(7, next.manifest().dimension());
    assertTrue(next.footer().get(TableManifest.FOOTER_KEY).contains("\"dimension\" : 7"));
    publish(next, "p2", 1);
    assertDimension(7);
    assertFilesSay(7);
    assertEquals(next.manifest(), table().manifest());
    assertEquals(4, before.manifest().dimension());
    assertTrue(Files.exists(Path.of(java.net.URI.create(before.files().get(0).path()))));
  }

  @Test
  void theSameManifestStaysInItsFile() throws IOException {
    publish(replacing(4), "p2", 1);
    assertFalse(Files.readString(dir.resolve(COMMIT)).contains("manifest"));
  }

  @Test
  void laterWavesSayTheSame() {
    publish(replacing(7), "p2", 1);
    publish(table(), "p3", 0);
    publish(table(), "p4", 3);
    assertEquals(1, table().waves().size());
    assertDimension(7);
    publish(replacing(4), "p5", 4);
    assertDimension(4);
  }

  @Test
  void aWaveThatWithholdsItsRowsLeavesWhatIsSaidOfTheOthers() throws IOException {
    Table next = replacing(7);
    Staging staging = next.stage("p2", "r2");
    staging.publish(WaveContent.empty().withRows(List.of(), List.of(ids(next, staging))));
    assertDimension(4);
    assertFilesSay(4);
  }

  /** The state of a run that was ended after its commit, or before it. */
  private void endedAt(boolean committed) throws IOException {
    String main = Files.readString(file(""));
    String rejects = Files.readString(file(Table.REJECTS));
    WaveCommit commit = publish(replacing(7), "p2", 1);
    Files.writeString(file(""), main);
    Files.writeString(file(Table.REJECTS), rejects);
    Path staging = dir.resolve("_vectormill/staging/p2");
    Files.createDirectories(staging);
    Files.writeString(
        staging.resolve(PublishIntent.FILE_NAME), Json.write(new PublishIntent(commit, Map.of())));
    if (!committed) {
      Files.delete(dir.resolve(COMMIT));
    }
  }

  @Test
  void aRunThatIsEndedAfterItsCommitHasChangedIt() throws IOException {
    endedAt(true);
    assertDimension(7);
    assertFilesSay(4);
    assertTrue(replacing(7).stage("p2", "r2").finishInterrupted().isPresent());
    assertFilesSay(7);
  }

  @Test
  void itsFilesAreBroughtUpWithoutAFurtherWave() throws IOException {
    endedAt(true);
    table().settleManifest();
    assertFilesSay(7);
    String rejects = Files.readString(file(Table.REJECTS));
    Files.writeString(file(Table.REJECTS), rejects.replace("test", "other"));
    table().settleManifest();
    assertEquals(rejects, Files.readString(file(Table.REJECTS)));
  }

  @Test
  void aRunThatIsEndedBeforeItsCommitHasNot() throws IOException {
    endedAt(false);
    assertDimension(4);
    assertTrue(replacing(7).stage("p2", "r2").finishInterrupted().isPresent());
    assertDimension(7);
    assertFilesSay(7);
  }

  @Test
  void aRunThatIsFinishedLateBringsNothingBack() throws IOException {
    endedAt(true);
    publish(replacing(9), "p3", 2);
    assertTrue(table().stage("p2", "r2").finishInterrupted().isPresent());
    assertDimension(9);
    assertFilesSay(9);
  }

  @Test
  void compactingBringsItAlongWhereTheFileIsOld() throws IOException {
    endedAt(true);
    publish(table(), "p3", 2);
    assertDimension(7);
    assertFilesSay(7);
  }

  @Test
  void anotherKindOrEncoderIsRefused() {
    TableManifest other =
        new TableManifest("vectors", 1, 4, "l2", false, null, "e2", List.of(), Map.of(), "test");
    VectormillException e =
        assertThrows(
            VectormillException.class, () -> Table.openToReplace(CONF, dir.toString(), other));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("encoder e1"), e.getMessage());
  }

  @Test
  void whatIsSaidOutlastsALossOfPower() {
    Configuration conf = RecordingDisk.settings();
    String uri = dir.toUri().toString();
    publish(Table.openToReplace(conf, uri, manifest(7)), "p2", 1);
    List<String> done = RecordingDisk.DONE;
    int placed = done.lastIndexOf("replace _vectormill.json");
    List<String> before = done.subList(0, placed);
    // Two of each: the rejects' manifest comes first.
    int first = before.lastIndexOf("replace _vectormill.json");
    assertTrue(first >= 0, done::toString);
    assertTrue(before.lastIndexOf("sync content of _vectormill.json") > first, done::toString);
    assertTrue(before.contains("sync directory commits"), done::toString);
    assertTrue(placed < done.lastIndexOf("sync directory " + dir.getFileName()), done::toString);
  }
}
