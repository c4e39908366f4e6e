package org.vectormill.jobs.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.Table;

/** A deletion request: nothing of a person's pictures is left, whatever became of them. */
class PurgeTest extends SparkTest {
  private static final Configuration CONF = new Configuration();
  private static final List<String> TABLES = List.of("out/clusters", "vectors", "items");

  private final CommandRun command = new CommandRun();

  /** Of Jane Doe there are a row, a reject of ingest, and a reject of embed. */
  @BeforeEach
  void tablesWithJane() throws IOException {
    Files.createDirectories(dir.resolve("pictures"));
    for (int i = 0; i < 6; i++) {
      picture("other-" + i, 20 + i, i);
    }
    picture("jane-row", 24, 9);
    picture("jane-large", 300, 3);
    Files.writeString(dir.resolve("pictures/jane-broken.png"), "no picture");
    Files.writeString(dir.resolve("pictures/other-broken.png"), "no picture either");
    ingest();
    embed();
    run("cluster", "--input", path("vectors"), "--k", "2", "--output", path("out"));
    assertEquals(Set.of("jane-broken.png", "other-broken.png"), rejects("items"));
    assertEquals(Set.of("jane-large.png"), rejects("vectors"));
    try (Stream<Path> files = Files.list(dir.resolve("pictures"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("jane")).toList()) {
        Files.delete(file);
      }
    }
    ingest();
    embed();
    run(
        "cluster",
        "--input",
        path("vectors"),
        "--assign",
        path("out/model.safetensors"),
        "--output",
        path("out"));
  }

  private void picture(String name, int size, int shade) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    brush.setColor(new Color(20 * shade, 255 - 20 * shade, 128));
    brush.fillRect(0, 0, size / 2, size);
    brush.dispose();
    ImageIO.write(image, "png", dir.resolve("pictures/" + name + ".png").toFile());
  }

  private void run(String... args) {
    assertEquals(0, command.code(args), command::err);
  }

  private void ingest() {
    run(
        "ingest",
        "--input",
        path("pictures"),
        "--output",
        path("items"),
        "--vanished",
        "remove",
        "--max-reject-ratio",
        "0.9");
  }

  private void embed() {
    run(
        "embed",
        "--input",
        path("items"),
        "--output",
        path("vectors"),
        "--encoder",
        "builtin:image",
        "--max-pixels",
        "50000",
        "--max-reject-ratio",
        "0.9");
  }

  private void purge() {
    for (String table : TABLES) {
      run("compact", "--input", path(table), "--purge");
    }
  }

  private Set<String> rejects(String table) {
    Set<String> ids = new TreeSet<>();
    for (Row row : Table.open(CONF, path(table)).rejects(spark).select("id").collectAsList()) {
      ids.add(row.getString(0));
    }
    return ids;
  }

  /** Every file below a table, its bytes as they are and, of Parquet, all its columns. */
  private void assertNoJane(String table) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve(table))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("jane"), file.toString());
        if (file.toString().endsWith(".parquet")) {
          List<Row> rows = spark.read().parquet(file.toString()).collectAsList();
          assertFalse(rows.toString().contains("jane"), file.toString());
        }
      }
    }
  }

  @Test
  void rejectsOfVanishedItemsAreNoLongerInView() {
    assertEquals(Set.of("other-broken.png"), rejects("items"));
    assertEquals(Set.of(), rejects("vectors"));
    run("compact", "--input", path("items"));
    assertEquals(Set.of("other-broken.png"), rejects("items"));
  }

  @Test
  void nothingOfJaneIsLeft() throws IOException {
    purge();
    for (String table : TABLES) {
      assertNoJane(table);
    }
    assertEquals(6, Table.open(CONF, path("items")).current(spark).count());
    assertEquals(6, Table.open(CONF, path("vectors")).current(spark).count());
    assertEquals(6, Table.open(CONF, path("out/clusters")).current(spark).count());
    assertEquals(Set.of("other-broken.png"), rejects("items"));
    for (String table : List.of("items", "vectors")) {
      int wave = Table.open(CONF, path(table)).lastWave();
      ingest();
      embed();
      assertEquals(wave, Table.open(CONF, path(table)).lastWave(), table);
    }
  }

  @Test
  void aPurgeThatWasKilledAfterItsCommitIsFinishedByTheSameCommand() throws IOException {
    Path wave = dir.resolve("items/wave=00001");
    Path rejects = dir.resolve("items/_rejects/wave=00001");
    copy(wave, dir.resolve("kept-wave"));
    copy(rejects, dir.resolve("kept-rejects"));
    purge();
    String said = command.out();
    assertTrue(said.contains("3 ids purged"), said);
    // As if the run had been killed before it removed the old files.
    copy(dir.resolve("kept-wave"), wave);
    copy(dir.resolve("kept-rejects"), rejects);
    CommandRun again = new CommandRun();
    assertEquals(0, again.code("compact", "--input", path("items"), "--purge"), again::err);
    assertTrue(again.out().contains("3 ids purged"), again.out());
    assertNoJane("items");
  }

  @Test
  void aFileWithAnIdThatNoRowHasFailsTheProof() throws IOException {
    Path wave = dir.resolve("items/wave=00001");
    copy(wave, dir.resolve("kept-wave"));
    purge();
    copy(dir.resolve("kept-wave"), dir.resolve("items/elsewhere"));
    CommandRun again = new CommandRun();
    assertEquals(75, again.code("compact", "--input", path("items"), "--purge"), again::out);
    assertTrue(again.err().contains("elsewhere"), again.err());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(file.getFileName());
        if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
