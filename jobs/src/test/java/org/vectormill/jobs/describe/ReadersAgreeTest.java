package org.vectormill.jobs.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.tables.VectorTables;

/** Three ways to the current rows, after waves that nobody thought out. */
class ReadersAgreeTest {
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
  private static SparkSession spark;

  @TempDir Path dir;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void tablesViewsAndExportsShowTheSameRows(int seed) {
    VectorTables vectors = new VectorTables(dir.resolve("rows").toString());
    Map<String, Integer> expected = write(vectors, new Random(seed));
    List<String> texts = new ArrayList<>();
    expected.forEach((id, wave) -> texts.add(id + "@" + wave));
    assertEquals(texts, texts(vectors.open().current(spark)), "table");
    spark.sql(ViewSql.of(vectors.open(), ViewSql.Dialect.SPARK).replace(";", ""));
    assertEquals(texts, texts(spark.sql("SELECT * FROM rows")), "view");
    String output = dir.resolve("plain").toString();
    CommandRun command = new CommandRun();
    assertEquals(
        0,
        command.code("export", "--input", vectors.open().uri(), "--output", output),
        command::err);
    assertEquals(texts, texts(spark.read().parquet(output)), "export");
  }

  /** Writes some waves and returns the last wave of each id that is left. */
  private static Map<String, Integer> write(VectorTables vectors, Random random) {
    Map<String, Integer> current = new TreeMap<>();
    vectors.wave(IDS);
    IDS.forEach(id -> current.put(id, 1));
    for (int wave = 2; wave < 10; wave++) {
      List<String> ids = IDS.stream().filter(id -> random.nextInt(3) == 0).toList();
      String[] old = ids.stream().filter(current::containsKey).toArray(String[]::new);
      int now = wave;
      if (ids.isEmpty() || (old.length > 0 && random.nextBoolean())) {
        vectors.remove(old);
        current.keySet().removeAll(List.of(old));
      } else {
        vectors.wave(ids, old);
        ids.forEach(id -> current.put(id, now));
      }
    }
    return current;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.select("content_hash").sort("content_hash").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
