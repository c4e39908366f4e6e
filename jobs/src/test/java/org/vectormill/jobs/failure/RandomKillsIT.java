package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
  private static final int LINES = 3000;
  private static final long SEED = Long.getLong("vectormill.test.seed", 20261125L);

  @TempDir static Path dir;

  private static SparkSession spark;
  private static TextCorpus corpus;
  private static TableContent items;
  private static TableContent vectors;

  /** How long each command takes that nobody disturbs; kills fall into that time. */
  private static final Map<String, Integer> MILLIS = new HashMap<>();

  private int killedWriting;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    corpus = new TextCorpus(dir.resolve("texts.txt"));
    corpus.write(0, LINES);
    measure(corpus.ingest(dir.resolve("items")));
    measure(corpus.embed(dir.resolve("items"), dir.resolve("vectors")));
    items = TableContent.of(spark, dir.resolve("items"));
    vectors = TableContent.of(spark, dir.resolve("vectors"));
  }

  private static void measure(List<String> command) throws Exception {
    long start = System.nanoTime();
    try (ChildRun child = ChildRun.start(dir.resolve("measured.log"), 2, List.of(), command)) {
      assertEquals(0, child.exitCode(), child::output);
    }
    MILLIS.put(command.get(0), (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
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
      int kills = untilDone(random, run, corpus.ingest(itemsTable), itemsTable);
      assertEquals(items, TableContent.of(spark, itemsTable), "seed " + seed);
      kills += untilDone(random, run, corpus.embed(itemsTable, vectorsTable), vectorsTable);
      assertEquals(vectors, TableContent.of(spark, vectorsTable), "seed " + seed);
      System.out.printf("run %d, seed %d: killed %d times%n", run, seed, kills);
      killed += kills;
    }
    System.out.printf("killed %d times, %d of them with staged files%n", killed, killedWriting);
    assertTrue(killed >= RUNS, "too few kills for a random walk: " + killed);
    assertTrue(killedWriting >= RUNS / 2, "killed while it wrote: " + killedWriting);
  }

  /** Kills the first runs of a command, each at a random moment; the last goes to its end. */
  private int untilDone(Random random, int run, List<String> command, Path output)
      throws Exception {
    int kills = 0;
    for (int attempt = 0; attempt < KILLS; attempt++) {
      Path log = dir.resolve("run-" + run + "-" + command.get(0) + "-" + attempt + ".log");
      try (ChildRun child = ChildRun.start(log, 1 + random.nextInt(4), List.of(), command)) {
        int late = MILLIS.get(command.get(0));
        if (child.endsWithin(late / 4 + random.nextInt(late))) {
          assertEquals(0, child.exitCode(), child::output);
        } else {
          child.kill();
          kills++;
          Path staging = output.resolve("_vectormill/staging");
          killedWriting += Files.isDirectory(staging) ? 1 : 0;
        }
      }
    }
    TextCorpus.run(command);
    return kills;
  }
}
