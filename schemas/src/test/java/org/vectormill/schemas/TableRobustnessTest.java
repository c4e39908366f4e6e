package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in odd places, damaged by others, or grown large. */
class TableRobustnessTest {
  private static final Configuration CONF = new Configuration();
  private static SparkSession spark;

  @TempDir Path dir;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "a#b",
        "50%",
        "%20",
        "a+b&c=d",
        "x=1",
        "{a,b}",
        "[ab]",
        "what?",
        "a*"
      })
  void worksInDirectoriesWithOddNames(String name) {
    String uri = dir.resolve(name).toString();
    publish(create(uri), 1, List.of("a", "b/ü#?%.txt"), List.of());
    publish(create(uri), 2, List.of("a"), List.of("a"));
    Table read = Table.open(CONF, uri);
    assertEquals(List.of("a", "b/ü#?%.txt"), ids(read));
    List<String> committed = new ArrayList<>();
    read.files().forEach(file -> committed.addAll(idsOf(file.path())));
    assertEquals(List.of("a", "b/ü#?%.txt", "a"), committed);
  }

  private static List<String> ids(Table table) {
    return table.current(spark).select("id").sort("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<String> idsOf(String uri) {
    List<String> ids = new ArrayList<>();
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri)) {
      for (RowGroup group : TableFiles.rowGroups(CONF, uri)) {
        ids.addAll(List.of(reader.read(group.index()).ids()));
      }
    }
    return ids;
  }

  @Test
  void keepsWavesInOrderBeyondFiveDigits() throws IOException {
    Table table = create(dir.toString());
    publish(table, 1, List.of("a"), List.of());
    String first = Files.readString(dir.resolve("_vectormill/commits/00001.json"));
    Files.writeString(
        dir.resolve("_vectormill/commits/99999.json"),
        first.replace("\"wave\" : 1,", "\"wave\" : 99999,"));
    publish(Table.open(CONF, dir.toString()), 2, List.of("b"), List.of());
    publish(Table.open(CONF, dir.toString()), 3, List.of("c"), List.of());
    assertEquals(
        List.of(1, 99999, 100000, 100001),
        Table.open(CONF, dir.toString()).waves().stream().map(WaveCommit::wave).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"wave\" : 1}",
        "{\"wave\" : 7, \"run_id\" : \"r\", \"committed_at\" : \"t\", \"files\" : [],"
            + " \"reject_files\" : [], \"replaced\" : [], \"processed\" : [],"
            + " \"input_waves\" : []}"
      })
  void namesTheCommitFileThatIsDamaged(String content) throws IOException {
    create(dir.toString());
    Path commit = dir.resolve("_vectormill/commits/00001.json");
    Files.createDirectories(commit.getParent());
    Files.writeString(commit, content);
    VectormillException e =
        assertThrows(VectormillException.class, () -> Table.open(CONF, dir.toString()));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains("commits/00001.json"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"kind\" : \"vectors\"}",
        "{\"kind\" : \"paintings\", \"contract_version\" : 1}",
        "{\"kind\" : \"vectors\", \"contract_version\" : 2}"
      })
  void namesTheManifestThatIsDamagedOrNewer(String content) throws IOException {
    Files.writeString(dir.resolve("_vectormill.json"), content);
    VectormillException e =
        assertThrows(VectormillException.class, () -> Table.open(CONF, dir.toString()));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains(dir.toString()), e.getMessage());
  }

  @Test
  void readsCommitsOfManyFiles() {
    Table table = create(dir.toString());
    publish(table, 1, List.of("a"), List.of());
    DataFile file = Table.open(CONF, dir.toString()).waves().get(0).files().get(0);
    List<DataFile> many = java.util.Collections.nCopies(100_000, file);
    WaveCommit commit = WaveCommit.of(2, "r", "t", WaveContent.empty().withRows(many, List.of()));
    assertEquals(commit, Json.read(Json.write(commit), WaveCommit.class, "commit"));
  }

  @Test
  void leavesChecksumsOfOthersAlone() throws IOException {
    Configuration conf = new Configuration();
    org.apache.hadoop.fs.Path other = new org.apache.hadoop.fs.Path(dir.toString(), "other");
    publish(create(dir.resolve("table").toString()), 1, List.of("a"), List.of());
    try (java.io.OutputStream out = other.getFileSystem(conf).create(other)) {
      out.write(1);
    }
    assertTrue(Files.exists(dir.resolve(".other.crc")));
    try (java.util.stream.Stream<Path> files = Files.walk(dir.resolve("table"))) {
      assertEquals(List.of(), files.filter(path -> path.toString().endsWith(".crc")).toList());
    }
  }

  private static Table create(String uri) {
    return Table.openOrCreate(
        CONF,
        uri,
        new TableManifest("vectors", 1, 2, "l2", false, null, "e", List.of(), Map.of(), "test"));
  }

  private static void publish(Table table, int run, List<String> ids, List<String> replaced) {
    Staging staging = Table.open(CONF, table.uri()).stage("r" + run, "r" + run);
    String[] names = ids.toArray(String[]::new);
    float[] values = new float[2 * names.length];
    VectorRows rows = new VectorRows(names, names, "e", 2, values, null, new boolean[names.length]);
    String data = StagingPlaces.newFile(staging.places().data(), "part");
    String list = StagingPlaces.newFile(staging.places().lists(), "replaced");
    try (TableFileWriter<VectorRows> writer =
            TableFiles.writeVectors(CONF, data, table.footer(), RowGroupSize.DEFAULT, 2);
        TableFileWriter<String> old = TableFiles.writeIds(CONF, list, table.footer())) {
      writer.write(rows);
      replaced.forEach(old::write);
      DataFile written = writer.finish();
      DataFile dropped = old.finish();
      staging.publish(
          List.of(written),
          List.of(),
          replaced.isEmpty() ? List.of() : List.of(dropped),
          List.of(),
          List.of());
    }
  }
}
