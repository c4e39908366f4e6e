package org.vectormill.jobs.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.tables.VectorTables;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;

/** A table whose name no pattern and no quote may trip over. */
class ViewSqlTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  /** Current rows: id, content hash, first component. */
  private static final String EXPECTED =
      "a a@2 %s;b b@1 %s;c c@4 %s;d d@2 %s"
          .formatted(first("a", 2), first("b", 1), first("c", 4), first("d", 2));

  private VectorTables vectors;

  private static float first(String id, int wave) {
    return VectorTables.vector(id, wave)[0];
  }

  @BeforeEach
  void writeTable() {
    vectors = new VectorTables(dir.resolve("it's [old] {1,2}, 50%").toString());
    vectors.wave(List.of("a", "b", "c"));
    vectors.wave(List.of("a", "d"), "a");
    vectors.remove("c");
    vectors.wave(List.of("c"));
  }

  @Test
  void givesSparkTheCurrentRows() {
    spark.sql(ViewSql.of(vectors.open(), ViewSql.Dialect.SPARK).replace(";", ""));
    StringBuilder rows = new StringBuilder();
    spark
        .sql("SELECT id, content_hash, vector[0] FROM it_s__old___1_2___50_ ORDER BY id")
        .collectAsList()
        .forEach(
            row ->
                rows.append(rows.length() == 0 ? "" : ";")
                    .append(row.getString(0) + " " + row.getString(1) + " " + row.getFloat(2)));
    assertEquals(EXPECTED, rows.toString());
  }

  @Test
  void givesDuckdbTheCurrentRows() throws Exception {
    Path python =
        Path.of(
                System.getenv()
                    .getOrDefault(
                        "VECTORMILL_PEERS",
                        System.getProperty("user.home") + "/.cache/vectormill/peers"))
            .resolve("bin/python");
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    String program =
        """
        import duckdb, sys
        duckdb.sql(sys.stdin.read())
        rows = duckdb.sql("SELECT id, content_hash, vector[1] FROM it_s__old___1_2___50_ ORDER BY id")
        import numpy
        shown = ["%s %s %s" % (row[0], row[1], numpy.float32(row[2])) for row in rows.fetchall()]
        print(";".join(shown))
        """;
    Process process =
        new ProcessBuilder(python.toString(), "-c", program)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = process.getOutputStream()) {
      String sql = ViewSql.of(vectors.open(), ViewSql.Dialect.DUCKDB);
      in.write(sql.getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream out = process.getInputStream()) {
      String rows = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertEquals(0, process.waitFor());
      assertEquals(EXPECTED, rows);
    }
  }

  /** Where many waves hide rows, SQL that grows by a scan a wave would fail in Spark's parser. */
  @Test
  void readsTwoKindsOfFilesWhateverTheNumberOfWaves() {
    for (ViewSql.Dialect dialect : ViewSql.Dialect.values()) {
      String sql = ViewSql.of(vectors.open(), dialect);
      assertEquals(2, sql.split("parquet[.(]", -1).length - 1, sql);
      assertEquals(-1, sql.indexOf("UNION"), sql);
    }
  }

  @Test
  void failsInSparkWhereAFileIsGone() throws Exception {
    spark.sql(ViewSql.of(vectors.open(), ViewSql.Dialect.SPARK).replace(";", ""));
    String second = vectors.open().files().get(1).path();
    Path file = Path.of(new org.apache.hadoop.fs.Path(second).toUri().getPath());
    Files.move(file, dir.resolve("elsewhere"));
    Exception e =
        assertThrows(
            Exception.class,
            () -> spark.sql("SELECT id FROM it_s__old___1_2___50_").collectAsList());
    assertTrue(e.getMessage().contains("print it again"), e.getMessage());
  }

  @Test
  void namesNothingButFilesWhereNothingIsHidden() {
    VectorTables plain = new VectorTables(dir.resolve("2024").toString());
    plain.wave(List.of("a"));
    String sql = ViewSql.of(plain.open(), ViewSql.Dialect.DUCKDB);
    assertTrue(sql.startsWith("CREATE OR REPLACE VIEW t_2024 AS\n"), sql);
    assertEquals(-1, sql.indexOf("NOT EXISTS"), sql);
  }

  @Test
  void refusesTablesWithoutRowsAndRejects() {
    VectorTables none = new VectorTables(dir.resolve("none").toString());
    none.remove("x");
    Table empty = none.open();
    assertThrows(VectormillException.class, () -> ViewSql.of(empty, ViewSql.Dialect.SPARK));
    vectors.rejects(List.of(), RejectReason.EMPTY, "r");
    Table rejects = Table.open(CONF, vectors.open().uri() + "/" + Table.REJECTS);
    assertThrows(VectormillException.class, () -> ViewSql.of(rejects, ViewSql.Dialect.SPARK));
  }
}
