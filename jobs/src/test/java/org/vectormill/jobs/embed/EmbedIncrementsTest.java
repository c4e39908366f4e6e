package org.vectormill.jobs.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.Table;

/** Runs of embed around compactions, removals and retries of its tables. */
class EmbedIncrementsTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  private final CommandRun command = new CommandRun();

  private ItemTables items() {
    return new ItemTables(path("items"), 10);
  }

  private Table vectors() {
    return Table.open(CONF, path("vectors"));
  }

  private void run(String... args) {
    assertEquals(0, command.code(args), command::err);
  }

  private void embed(String encoder) {
    run(
        "embed",
        "--input",
        path("items"),
        "--output",
        path("vectors"),
        "--encoder",
        encoder,
        "--max-reject-ratio",
        "0.9",
        "--result",
        dir.resolve("result.json").toString());
  }

  private ResultFile result() {
    return new ResultFile(dir.resolve("result.json"));
  }

  private Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    vectors()
        .current(spark)
        .select("id")
        .collectAsList()
        .forEach(row -> assertTrue(ids.add(row.getString(0)), row.getString(0)));
    return ids;
  }

  @Test
  void embedsNothingAgainAfterACompactionOfTheItems() throws Exception {
    items().wave(ItemTables.texts(0, 5));
    items().wave(List.of(ItemTables.text("text#2", "another sentence")), "text#2");
    embed("builtin:text");
    run("compact", "--input", path("items"), "--retain", "0s");
    embed("builtin:text");
    result().assertCounts(5, 0, 0, 5);
    embed("builtin:text");
    assertTrue(command.out().contains("Nothing to do"), command.out());
    items().wave(ItemTables.texts(5, 6));
    embed("builtin:text");
    result().assertCounts(6, 1, 0, 5);
  }

  @Test
  void leavesNothingInSparksStorage() {
    Set<Integer> before = persisted();
    items().wave(ItemTables.texts(0, 5));
    embed("builtin:text");
    assertEquals(before, persisted());
    items().wave(List.of(ItemTables.text("text#2", "another sentence")), "text#2");
    embed("builtin:text");
    assertEquals(before, persisted());
  }

  @Test
  void embedsNothingAgainAfterACompactionOfTheVectors() throws Exception {
    items().wave(ItemTables.texts(0, 5));
    embed("builtin:text");
    items().wave(ItemTables.texts(5, 7));
    embed("builtin:text");
    run("compact", "--input", path("vectors"), "--retain", "0s");
    embed("builtin:text");
    result().assertCounts(7, 0, 0, 7);
    assertEquals(1, vectors().waves().size());
    assertEquals(7, ids().size());
  }

  @Test
  void removesVectorsOfItemsThatVanishedAlsoThroughACompaction() throws Exception {
    items().wave(ItemTables.texts(0, 4));
    embed("builtin:text");
    items().remove("text#1");
    embed("builtin:text");
    assertEquals(Set.of("text#0", "text#2", "text#3"), ids());
    result().assertCounts(3, 0, 0, 3);
    items().remove("text#3");
    run("compact", "--input", path("items"));
    embed("builtin:text");
    assertEquals(Set.of("text#0", "text#2"), ids());
    run("compact", "--input", path("vectors"), "--purge");
    assertEquals(Set.of("text#0", "text#2"), ids());
    assertTrue(command.out().contains("2 ids purged"), command.out());
  }

  @Test
  void takesUpARejectWhoseReasonHasPassed() throws Exception {
    byte[] png = ItemTables.png();
    Path late = dir.resolve("late.png");
    ItemRow row = ItemTables.image("late", png);
    ItemRow linked =
        new ItemRow(
            "late",
            late.toUri().toString(),
            row.sourceSize(),
            "1",
            "image",
            null,
            null,
            row.contentHash(),
            null,
            null,
            Map.of());
    items().wave(List.of(ItemTables.image("here", png), linked));
    embed("builtin:image");
    result().assertCounts(2, 1, 1, 0);
    Files.write(late, png);
    embed("builtin:image");
    result().assertCounts(2, 0, 0, 2);
    run("retry-rejects", "--input", path("vectors"));
    embed("builtin:image");
    result().assertCounts(2, 1, 0, 1);
    assertEquals(Set.of("here", "late"), ids());
    assertEquals(0, vectors().rejects(spark).count());
  }

  @Test
  void reportsWavesBytesAndSecondsByStage() throws Exception {
    items().wave(ItemTables.texts(0, 3));
    embed("builtin:text");
    JsonNode wave = result().json().get("waves").get(0);
    assertEquals(1, wave.get("wave").asInt());
    assertEquals(3, wave.get("rows").asInt());
    assertEquals(result().json().get("bytes_written").asLong(), wave.get("bytes").asLong());
    assertTrue(result().json().get("seconds_by_stage").has("embed"), result().toString());
    assertTrue(result().json().get("seconds_by_stage").has("publish"), result().toString());
  }
}
