package org.vectormill.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.SparkTest;

/** A folder with a.txt, b.txt and lines.txt of three lines, ingested line by line. */
class IngestVanishedTest extends SparkTest {

  private Path corpus;
  private IngestRun run;

  @BeforeEach
  void ingestFirst() throws Exception {
    corpus = Files.createDirectory(dir.resolve("corpus"));
    Files.writeString(corpus.resolve("a.txt"), "alpha\n");
    Files.writeString(corpus.resolve("b.txt"), "beta\n");
    Files.writeString(corpus.resolve("lines.txt"), "one\ntwo\nthree\n");
    run = new IngestRun(path("items"));
    ingest();
  }

  private String ingest(String... further) {
    String[] args = new String[further.length + 4];
    args[0] = "--input";
    args[1] = corpus.toString();
    args[2] = "--text-unit";
    args[3] = "line";
    System.arraycopy(further, 0, args, 4, further.length);
    return run.run(args);
  }

  private Set<String> ids() {
    return run.texts(spark).keySet();
  }

  @Test
  void keepsRowsOfVanishedSourcesUnlessAsked() throws Exception {
    Files.delete(corpus.resolve("a.txt"));
    ingest();
    assertEquals(5, ids().size());
  }

  @Test
  void removesRowsOfSourcesThatAreGoneAndKnowsThemWhenTheyComeBack() throws Exception {
    Path file = corpus.resolve("a.txt");
    java.nio.file.attribute.FileTime time = Files.getLastModifiedTime(file);
    Files.delete(file);
    assertTrue(ingest("--vanished", "remove").contains(", 1 removed"));
    assertEquals(Set.of("b.txt#L1", "lines.txt#L1", "lines.txt#L2", "lines.txt#L3"), ids());
    assertTrue(ingest("--vanished", "remove").contains("nothing to do"));
    Files.writeString(file, "alpha\n");
    Files.setLastModifiedTime(file, time);
    ingest("--vanished", "remove");
    assertEquals("alpha", run.texts(spark).get("a.txt#L1"));
    assertEquals(5, run.table().currentIds().count());
  }

  @Test
  void removesLinesThatASourceHoldsNoMore() throws Exception {
    Files.writeString(corpus.resolve("lines.txt"), "one\ntwo changed\n");
    ingest("--vanished", "remove");
    assertEquals(
        Map.of(
            "a.txt#L1",
            "alpha",
            "b.txt#L1",
            "beta",
            "lines.txt#L1",
            "one",
            "lines.txt#L2",
            "two changed"),
        run.texts(spark));
    assertEquals(4, run.table().currentIds().count());
  }

  @Test
  void removesNothingFromASourceThatCouldNotBeReadWhole() throws Exception {
    Files.write(corpus.resolve("lines.txt"), new byte[] {'o', 'n', 'e', '\n', (byte) 0xff, '\n'});
    ingest("--vanished", "remove", "--max-reject-ratio", "1");
    assertTrue(ids().contains("lines.txt#L3"), ids()::toString);
  }

  @Test
  void findsContentAgainUnderAnotherName() throws Exception {
    IngestRun byContent = new IngestRun(dir.resolve("content").toString());
    String[] args = {
      "--input", corpus.toString(), "--text-unit", "line", "--id", "content", "--vanished", "remove"
    };
    byContent.run(args);
    Files.move(corpus.resolve("a.txt"), corpus.resolve("c.txt"));
    byContent.run(args);
    assertEquals(5, byContent.table().currentIds().count());
    assertEquals(Set.of(), Set.copyOf(byContent.rejects(spark)));
    assertTrue(byContent.texts(spark).containsValue("alpha"));
  }

  @Test
  void asksForDirectories() {
    int code =
        run.code(
            "--input",
            corpus.resolve("a.txt").toString(),
            "--text-unit",
            "line",
            "--vanished",
            "remove");
    assertEquals(2, code, run.failure());
    assertTrue(run.failure().contains("--vanished keep"), run.failure());
  }
}
