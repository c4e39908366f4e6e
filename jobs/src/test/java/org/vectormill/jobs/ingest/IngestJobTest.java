package org.vectormill.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.ingest.read.Corpus;

class IngestJobTest {
  private static SparkSession spark;

  @TempDir Path dir;

  private Corpus corpus;
  private String input;
  private IngestRun ingest;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void makeCorpus() {
    corpus = new Corpus(dir.resolve("in"));
    input = dir.resolve("in").toString();
    ingest = new IngestRun(dir.resolve("out").toString());
  }

  private String lines(String... more) {
    String[] args = new String[6 + more.length];
    List<String> own = List.of("--input", input, "--text-unit", "line", "--max-reject-ratio", "1");
    System.arraycopy(own.toArray(), 0, args, 0, 6);
    System.arraycopy(more, 0, args, 6, more.length);
    return ingest.run(args);
  }

  private void touch(String name, long seconds) throws IOException {
    Files.setLastModifiedTime(dir.resolve("in").resolve(name), FileTime.fromMillis(seconds * 1000));
  }

  @Test
  void takesNewFilesInAWaveOfTheirOwnAndThenHasNothingToDo() {
    corpus.write("a.txt", "one\n\ntwo\n");
    String first = lines();
    assertTrue(first.contains("2 items written in wave 1, 1 rejected (empty 1)"), first);
    String second = lines();
    assertTrue(second.contains("nothing to do, 1 sources with 3 items"), second);
    corpus.write("deep/b.txt", "three\n");
    String third = lines();
    assertTrue(third.contains("1 items written in wave 2, 0 rejected, 3 already done"), third);
    assertEquals(
        Map.of("a.txt#L1", "one", "a.txt#L3", "two", "deep/b.txt#L1", "three"),
        ingest.texts(spark));
  }

  @Test
  void replacesOnlyChangedItemsOfAChangedFile() throws IOException {
    corpus.write("a.txt", "one\ntwo\n\n");
    lines();
    corpus.write("a.txt", "one\nTWO!\n\nthree\n");
    touch("a.txt", 1000);
    String second = lines();
    assertTrue(second.contains("2 items written in wave 2, 0 rejected, 2 already done"), second);
    assertEquals(
        Map.of("a.txt#L1", "one", "a.txt#L2", "TWO!", "a.txt#L4", "three"), ingest.texts(spark));
    assertEquals(List.of("a.txt#L3 empty"), ingest.rejects(spark));
  }

  @Test
  void writesNoRowForAFileThatWasOnlyTouched() throws IOException {
    corpus.write("a.txt", "one\n");
    lines();
    touch("a.txt", 1000);
    String second = lines();
    assertTrue(second.contains("0 items written in wave 2, 0 rejected, 1 already done"), second);
    assertTrue(lines().contains("nothing to do"), "the touched file is known now");
  }

  @Test
  void findsChangesBehindTheSameSizeAndTimeWhereAsked() throws IOException {
    corpus.write("a.txt", "one\n");
    touch("a.txt", 1000);
    lines();
    corpus.write("a.txt", "two\n");
    touch("a.txt", 1000);
    assertTrue(lines().contains("nothing to do"));
    lines("--verify-content");
    assertEquals(Map.of("a.txt#L1", "two"), ingest.texts(spark));
  }

  @Test
  void keepsTheFirstOfRepeatedIdsAcrossFilesAndRuns() throws IOException {
    corpus.write("b.jsonl", "{\"id\": \"x\", \"text\": \"b\"}\n{\"id\": \"y\", \"text\": \"b\"}\n");
    corpus.write("c.jsonl", "{\"id\": \"x\", \"text\": \"c\"}\n{\"id\": \"x\", \"text\": \"b\"}\n");
    String[] args = {"--input", input, "--id-column", "id", "--max-reject-ratio", "1"};
    ingest.run(args);
    assertEquals(Map.of("x", "b", "y", "b"), ingest.texts(spark));
    assertEquals(List.of("x repeated_id", "x repeated_id"), ingest.rejects(spark));
    corpus.write("a.jsonl", "{\"id\": \"x\", \"text\": \"a\"}\n{\"id\": \"z\", \"text\": \"a\"}\n");
    corpus.write(
        "b.jsonl", "{\"id\": \"x\", \"text\": \"new\"}\n{\"id\": \"y\", \"text\": \"b\"}\n");
    touch("b.jsonl", 1000);
    touch("c.jsonl", 1000);
    String third = ingest.run(args);
    assertEquals(Map.of("x", "new", "y", "b", "z", "a"), ingest.texts(spark));
    assertTrue(
        third.contains("2 items written in wave 2, 1 rejected (repeated_id 1), 3 already done"),
        third);
  }

  @Test
  void takesEveryKindByItsExtensionAndLeavesHiddenFilesOut() {
    corpus.write("cats/a.png", Corpus.image("png", 2, 2));
    corpus.write("notes.txt", "a note");
    corpus.write("d.csv", "text\nfrom csv\n");
    corpus.write("x.bin", new byte[] {1});
    corpus.write(".hidden/a.txt", "no");
    corpus.write("_SUCCESS", "");
    String out = ingest.run("--input", input, "--label-from", "parent-folder");
    assertTrue(out.contains("3 items written"), out);
    assertTrue(out.contains("2 hidden files and folders were left out"), out);
    assertTrue(out.contains("1 files of unknown kind were left out"), out);
    assertEquals(
        List.of("cats/a.png", "d.csv#L2", "notes.txt"), List.copyOf(ingest.texts(spark).keySet()));
    assertEquals("cats", ingest.rows(spark).get(0).getAs("label"));
  }

  @Test
  void readsGlobsSingleFilesAndEachFileOnce() {
    corpus.write("s1/a.txt", "a");
    corpus.write("s2/b.txt", "b");
    corpus.write("s2/c.md", "c");
    ingest.run("--input", input + "/s*/*.txt", "--input", input + "/s1/a.txt");
    assertEquals(Map.of("s1/a.txt", "a", "s2/b.txt", "b"), ingest.texts(spark));
  }

  @Test
  void passesOverItsOwnTableInsideTheInput() {
    corpus.write("a.txt", "a");
    IngestRun inside = new IngestRun(input + "/items");
    inside.run("--input", input);
    assertTrue(inside.run("--input", input).contains("nothing to do, 1 sources"));
  }

  @Test
  void printsThePlanOfADryRunAndWritesNothing() {
    corpus.write("a.txt", "a\nb\n");
    corpus.write("b.png", Corpus.image("png", 2, 2));
    String out = ingest.run("--input", input, "--dry-run");
    assertTrue(out.contains("2 sources in 1 units"), out);
    assertTrue(out.contains("  text: 1 files, 4 bytes"), out);
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @Test
  void refusesMissingInputsColumnsAndOtherOptionsOfATable() {
    corpus.write("a.jsonl", "{\"text\": \"a\"}\n");
    assertEquals(3, ingest.code("--input", input + "/none"));
    assertTrue(ingest.failure().contains("no file is there"), ingest.failure());
    assertEquals(2, ingest.code("--input", input, "--text-column", "body"));
    assertTrue(ingest.failure().contains("columns: text"), ingest.failure());
    assertFalse(Files.exists(dir.resolve("out")), "nothing is made before that");
    ingest.run("--input", input);
    assertEquals(2, ingest.code("--input", input, "--id", "content"));
    assertTrue(ingest.failure().contains("--id content"), ingest.failure());
    assertTrue(ingest.failure().contains("was made with (not set)"), ingest.failure());
  }

  @Test
  void publishesRejectsAloneWhereTooManyAreAndStartsOverNextTime() {
    corpus.write("a.txt", "one\n\n\n");
    assertEquals(4, ingest.code("--input", input, "--text-unit", "line"));
    assertEquals(2, ingest.rejects(spark).size());
    assertEquals(Map.of(), ingest.texts(spark));
    assertEquals(4, ingest.code("--input", input, "--text-unit", "line"));
    lines();
    assertEquals(Map.of("a.txt#L1", "one"), ingest.texts(spark));
  }
}
