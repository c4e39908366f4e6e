package org.vectormill.jobs.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.tables.VectorTables;
import org.vectormill.schemas.Table;

class CleanJobTest {
  private static final Configuration CONF = new Configuration();
  private static final String UUID = "0c8a2f3e-0000-4000-8000-0123456789ab";
  private static SparkSession spark;

  @TempDir Path dir;

  private final CommandRun command = new CommandRun();
  private Path table;
  private VectorTables vectors;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void writeTable() {
    table = dir.resolve("vectors");
    vectors = new VectorTables(table.toString());
    vectors.wave(List.of("a", "b"));
    vectors.wave(List.of("a"), "a");
  }

  private int clean(String... further) {
    String[] all = Stream.concat(Stream.of("clean"), Stream.of(further)).toArray(String[]::new);
    return command.code(all);
  }

  private void cleanWell(String... further) {
    String[] all =
        Stream.concat(Stream.of(table.toString()), Stream.of(further)).toArray(String[]::new);
    assertEquals(0, clean(all), command::err);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(table)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> table.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Path file(String name, int hoursOld) throws IOException {
    Path file = table.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "12345");
    return aged(file, hoursOld);
  }

  private static Path aged(Path file, int hours) throws IOException {
    Instant then = Instant.now().minus(Duration.ofHours(hours));
    return Files.setLastModifiedTime(file, FileTime.from(then));
  }

  @Test
  void removesTheStagingOfADeadPlanAlone() throws IOException {
    Set<String> before = files();
    file("_vectormill/staging/dead/heartbeat", 25);
    file("_vectormill/staging/dead/part-1.parquet", 1);
    file("_vectormill/staging/alive/heartbeat", 23);
    file("_vectormill/staging/alive/units/1.json", 40);
    cleanWell();
    before.add("_vectormill/staging/alive/heartbeat");
    before.add("_vectormill/staging/alive/units/1.json");
    assertEquals(before, files());
    assertTrue(command.out().contains("2 files of 10 bytes {staged=2}"), command.out());
  }

  @Test
  void removesOldFilesThatNoCommitListsAndUnfinishedOnes() throws IOException {
    Set<String> before = files();
    file("wave=00003/part-9.parquet", 30);
    file("_rejects/wave=00002/rejects-9.parquet", 30);
    for (String list : List.of("replaced", "removed", "retried", "processed", "lists")) {
      file("_vectormill/" + list + "/list-9.parquet", 30);
    }
    file("_vectormill/commits/.00003.json." + UUID, 30);
    file("._vectormill.json." + UUID, 30);
    cleanWell();
    assertEquals(before, files());
    assertTrue(command.out().contains("{temporary=2, unlisted=7}"), command.out());
  }

  @Test
  void leavesYoungFilesAndWhatIsNotItsOwn() throws IOException {
    file("wave=00003/part-9.parquet", 2);
    file("_vectormill/commits/.00003.json." + UUID, 2);
    file("notes.txt", 900);
    file("mine/part-1.parquet", 900);
    file("wave=x/part-1.parquet", 900);
    file("_vectormill/commits/.hidden", 900);
    Set<String> before = files();
    cleanWell();
    assertEquals(before, files());
    assertTrue(command.out().contains("Nothing to remove"), command.out());
  }

  @Test
  void leavesCommittedFilesWhateverTheirAge() throws IOException {
    Set<String> before = files();
    for (String file : before) {
      aged(table.resolve(file), 9000);
    }
    cleanWell();
    assertEquals(before, files());
  }

  @Test
  void listsAndTouchesNothingInADryRun() throws IOException {
    file("wave=00003/part-9.parquet", 30);
    Set<String> before = files();
    cleanWell("--dry-run");
    assertEquals(before, files());
    assertTrue(command.out().contains("unlisted  file:"), command.out());
    assertTrue(command.out().contains("part-9.parquet"), command.out());
  }

  @Test
  void finishesAnOldInterruptedPublication() throws IOException {
    Path staging = vectors.interrupt(List.of("c"), 0);
    aged(staging.resolve("heartbeat"), 25);
    cleanWell();
    assertEquals(3, Table.open(CONF, table.toString()).current(spark).count());
    assertFalse(Files.exists(staging));
    assertTrue(command.out().contains("finished the publication of wave 3"), command.out());
  }

  @Test
  void finishesAPublicationThatWasEndedBetweenFilesAndCommit() throws IOException {
    Path staging = vectors.interrupt(List.of("c"), 1);
    aged(staging.resolve("heartbeat"), 25);
    cleanWell();
    assertEquals(3, Table.open(CONF, table.toString()).current(spark).count());
  }

  @Test
  void takesAnOldInterruptedPublicationBackWhereItsWaveIsTaken() throws IOException {
    Path staging = vectors.interrupt(List.of("c"), 1);
    aged(staging.resolve("heartbeat"), 25);
    vectors.wave(List.of("d"));
    Set<String> ids = vectors.ids(spark);
    cleanWell();
    assertEquals(ids, vectors.ids(spark));
    assertFalse(Files.exists(staging));
  }

  @Test
  void leavesAYoungInterruptedPublicationWithTheFilesItPlaced() throws IOException {
    Path staging = vectors.interrupt(List.of("c"), 1);
    try (Stream<Path> placed = Files.list(table.resolve("wave=00003"))) {
      aged(placed.findFirst().orElseThrow(), 30);
    }
    Set<String> before = files();
    cleanWell();
    assertEquals(before, files());
    assertTrue(Files.exists(staging));
  }

  @Test
  void asksForATableAndALongEnoughTime() {
    assertEquals(3, clean(dir.resolve("none").toString()));
    assertEquals(3, clean(table.resolve(Table.REJECTS).toString()));
    assertEquals(2, clean(table.toString(), "--older-than", "4m"));
    assertTrue(command.err().contains("--older-than must be >= 5m"), command.err());
    assertEquals(2, clean(table.toString(), "--older-than", "soon"));
    assertTrue(command.err().contains("such as 24h"), command.err());
  }
}
