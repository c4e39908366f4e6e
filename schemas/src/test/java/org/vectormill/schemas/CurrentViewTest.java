package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrentViewTest {
  private static SparkSession spark;

  @TempDir Path dir;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.shuffle.partitions", "2")
            // Compiling a plan takes longer than running it over a few rows.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void showsWhatStepsThroughTheWavesWouldLeave(int seed) {
    List<WaveDraft> waves = madeUp(new Random(seed));
    WrittenWaves written = new WrittenWaves(dir);
    waves.forEach(written::add);
    Table table = written.open();
    CurrentViewModel model = new CurrentViewModel(waves);
    assertEquals(model.rows(), texts(table.current(spark), "content_hash"), "rows");
    assertEquals(model.rejects(), texts(table.rejects(spark), "message"), "rejects");
    assertEquals(model.settledRejects(), texts(table.settledRejects(spark), "message"), "settled");
    assertEquals(model.awaited(), texts(table.awaitedRejects(spark), "message"), "awaited");
    assertEquals(model.processed(), texts(table.processed(spark), "source_version"), "processed");
    assertEquals(model.removedIds(), texts(table.removedIds(spark), "id"), "removed");
    assertEquals(model.goneIds(), texts(table.goneIds(spark), "id"), "gone");
    assertEquals(
        model.rows(), texts(table.positions(spark, table.waves()), "content_hash"), "positions");
  }

  /** Waves of a few ids each, so that all meet: some empty, some of rejects alone. */
  private static List<WaveDraft> madeUp(Random random) {
    return IntStream.range(0, 2 + random.nextInt(7)).mapToObj(i -> draft(random)).toList();
  }

  private static WaveDraft draft(Random random) {
    boolean rejectsAlone = random.nextInt(4) == 0;
    return new WaveDraft(
        rejectsAlone ? List.of() : some(random),
        some(random),
        rejectsAlone ? List.of() : some(random),
        rejectsAlone ? List.of() : some(random),
        rejectsAlone || random.nextBoolean() ? List.of() : some(random),
        rejectsAlone || random.nextBoolean() ? List.of() : some(random),
        rejectsAlone ? List.of() : some(random));
  }

  private static List<String> some(Random random) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      if (random.nextInt(3) == 0) {
        ids.add("id" + i);
      }
    }
    return ids;
  }

  private static List<String> texts(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void readsAThousandReplacingWavesInOneGo() {
    WrittenWaves written = new WrittenWaves(dir);
    List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "id" + i).toList();
    written.add(WaveDraft.of(ids, List.of()));
    List<String> expected = new ArrayList<>(List.of("id0@1"));
    for (int i = 1; i < 1000; i++) {
      written.add(WaveDraft.of(List.of("id" + i), List.of("id" + i)));
      expected.add("id" + i + "@" + (i + 1));
    }
    expected.sort(null);
    assertEquals(expected, texts(written.open().current(spark), "content_hash"));
  }

  @Test
  void joinsNothingWhereNothingIsHidden() {
    WrittenWaves written = new WrittenWaves(dir);
    written.add(WaveDraft.of(List.of("a"), List.of()));
    written.add(WaveDraft.of(List.of("b"), List.of()));
    assertFalse(plan(written).contains("Join"), plan(written));
    written.add(WaveDraft.of(List.of("a"), List.of("a")));
    assertTrue(plan(written).contains("BroadcastHashJoin"), plan(written));
  }

  private static String plan(WrittenWaves written) {
    return written.open().current(spark).queryExecution().executedPlan().toString();
  }
}
