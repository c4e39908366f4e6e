package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills ingest and embed at random moments, with random numbers of tasks, and runs them again, also
 * killed, until they end: the tables are those of an undisturbed run.
 */
@Tag("slow")
class RandomKillsIT {
  private static final int RUNS = 25;
  private static final int KILLS = 2;
  private static final int LATEST_MILLIS = 9000;
  private static final int LINES = 3000;
  private static final long SEED = Long.getLong("vectormill.test.seed", 20261125L);

  @TempDir static Path dir;

  private static SparkSession spark;
  private static TextCorpus corpus;
  private static TableContent items;
  private static TableContent vectors;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    corpus = new TextCorpus(dir.resolve("texts.txt"));
    corpus.write(0, LINES);
    TextCorpus.run(corpus.ingest(dir.resolve("items")));
    TextCorpus.run(corpus.embed(dir.resolve("items"), dir.resolve("vectors")));
    items = TableContent.of(spark, dir.resolve("items"));
    vectors = TableContent.of(spark, dir.resolve("vectors"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void tablesAreThoseOfAnUndisturbedRun() throws Exception {
    int killed = 0;
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      Random random = new Random(seed);
      Path itemsTable = dir.resolve("items-" + run);
      Path vectorsTable = dir.resolve("vectors-" + run);
      int kills = untilDone(random, run, corpus.ingest(itemsTable));
      assertEquals(items, TableContent.of(spark, itemsTable), "seed " + seed);
      kills += untilDone(random, run, corpus.embed(itemsTable, vectorsTable));
      assertEquals(vectors, TableContent.of(spark, vectorsTable), "seed " + seed);
      System.out.printf("run %d, seed %d: killed %d times%n", run, seed, kills);
      killed += kills;
    }
    assertTrue(killed > 0, "no run was killed");
  }

  /** Kills the first runs of a command, each at a random moment; the last goes to its end. */
  private static int untilDone(Random random, int run, List<String> command) throws Exception {
    int kills = 0;
    for (int attempt = 0; attempt < KILLS; attempt++) {
      Path log = dir.resolve("run-" + run + "-" + command.get(0) + "-" + attempt + ".log");
      try (ChildRun child = ChildRun.start(log, 1 + random.nextInt(4), List.of(), command)) {
        if (child.endsWithin(random.nextInt(LATEST_MILLIS))) {
          assertEquals(0, child.exitCode(), child::output);
        } else {
          child.kill();
          kills++;
        }
      }
    }
    TextCorpus.run(command);
    return kills;
  }
}
