package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is too small for a wave: exit code 75, the table as it was, and a rerun with room.
 */
@Tag("slow")
class DiskFullIT {
  private static final int ROOM_KIB = 64 << 10;
  private static final int SPARE_KIB = 200;

  @TempDir static Path dir;

  private static SparkSession spark;
  private static TextCorpus corpus;

  @BeforeAll
  static void prepare() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    corpus = new TextCorpus(dir.resolve("texts.txt"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private interface Command {
    List<String> into(Path output);
  }

  @Test
  void ingestGoesOnWhereThereIsRoomAgain() throws Exception {
    corpus.write(0, 40);
    Path small = dir.resolve("small-items");
    TextCorpus.run(corpus.ingest(small));
    corpus.write(5, 20_000);
    overflow("ingest", small, corpus::ingest);
  }

  @Test
  void embedGoesOnWhereThereIsRoomAgain() throws Exception {
    Path items = dir.resolve("items");
    Path small = dir.resolve("small-vectors");
    corpus.write(0, 40);
    TextCorpus.run(corpus.ingest(items));
    TextCorpus.run(corpus.embed(items, small));
    corpus.write(5, 2000);
    TextCorpus.run(corpus.ingest(items));
    overflow("embed", small, output -> corpus.embed(items, output));
  }

  /** Runs a command whose next wave doesn't fit, then gives the disk room and runs it again. */
  private static void overflow(String name, Path table, Command command) throws Exception {
    Path roomy = dir.resolve(name + "-roomy");
    TextCorpus.copy(table, roomy);
    TextCorpus.run(command.into(roomy));
    try (SmallDisk disk = SmallDisk.mount(dir.resolve(name + "-disk"), ROOM_KIB)) {
      Path output = disk.place().resolve("table");
      TextCorpus.copy(table, output);
      TableContent before = TableContent.of(spark, output);
      disk.resize(TextCorpus.kib(output) + SPARE_KIB);
      try (ChildRun child =
          ChildRun.start(dir.resolve(name + ".log"), 2, List.of(), command.into(output))) {
        assertEquals(75, child.exitCode(), child.output());
        String last = child.output().lines().reduce((a, b) -> b).orElseThrow();
        assertTrue(last.contains("No space left on device"), child.output());
      }
      assertEquals(before, TableContent.of(spark, output));
      disk.resize(ROOM_KIB);
      TextCorpus.run(command.into(output));
      assertEquals(TableContent.of(spark, roomy), TableContent.of(spark, output));
    }
  }
}
