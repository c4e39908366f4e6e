package org.vectormill.jobs.ingest.bad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.ingest.IngestRun;
import org.vectormill.jobs.ingest.read.Corpus;

/**
 * Every kind of bad input beside good ones in one corpus: each gets its reason, and the good ones
 * are rows as if nothing else were there.
 */
class BadInputTest {
  private static final int MOST_CHARS = 2000;
  private static final int MOST_BYTES = 200_000;
  private static final byte[] PNG = Corpus.image("png", 4, 3);

  private static SparkSession spark;

  @TempDir Path dir;

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

  @Test
  void filesOfImagesAndTexts() {
    List<BadInput> bad = new ArrayList<>(BadImages.all(MOST_BYTES));
    bad.addAll(BadTexts.all(MOST_CHARS, MOST_BYTES));
    Map<String, Object> good = new TreeMap<>();
    for (String name :
        List.of("a b.png", "100%.png", "ünï😀.png", "x#y.png", "q?.png", "n\nl.png")) {
      good.put(name, PNG);
    }
    good.put("nul\u0001.txt", "control \u0000 characters");
    good.put("crc.png", Bytes.with(PNG, 29, 1, 2));
    good.put("z.txt", "the last text");
    run(bad, good, List.copyOf(good.keySet()));
  }

  @Test
  void recordsOfJson() {
    byte[] latin1 = Bytes.latin1("{\"id\": \"l\", \"text\": \"caf\u00e9\"}\n");
    List<BadInput> bad = new ArrayList<>(new BadRecords().jsonl());
    bad.add(new BadInput("Latin-1", "x.jsonl", latin1, List.of("x.jsonl#L1 not_utf8")));
    String lines = "{\"id\": \"1\", \"text\": \"one\"}\n{\"id\": \"2\", \"text\": \"two\"}\n";
    bad.add(
        new BadInput(
            "an id twice",
            "z.jsonl",
            Bytes.utf8(lines),
            List.of("1 repeated_id", "2 repeated_id")));
    List<String> goodIds = new ArrayList<>(List.of("1", "2"));
    for (int i = 0; i < new BadRecords().jsonl().size(); i++) {
      goodIds.add("good-%02d".formatted(i));
    }
    run(bad, Map.of("a.jsonl", lines), goodIds, "--id-column", "id");
  }

  @Test
  void recordsOfCsv() {
    run(
        new BadRecords().csv(),
        Map.of("a.csv", "id,text\n1,one\n2,\"two\nlines\"\n"),
        List.of("1", "2"),
        "--id-column",
        "id");
  }

  @Test
  void shards() {
    run(
        new BadRecords().shards(),
        Map.of("a.tar", Corpus.tar(true, "one.png", PNG, "two.txt", "text")),
        List.of("a.tar#one", "a.tar#two"));
  }

  @Test
  void parquetFiles() {
    List<BadInput> bad =
        List.of(
            BadInput.file("text", "text.parquet", Bytes.utf8("plain text"), "malformed_record"),
            BadInput.file("no bytes", "empty.parquet", new byte[0], "empty"),
            BadInput.file(
                "a footer that leads nowhere",
                "footer.parquet",
                Bytes.join(
                    Bytes.utf8("PAR1"), Bytes.of(0xff, 0xff, 0xff, 0x7f), Bytes.utf8("PAR1")),
                "malformed_record"));
    run(bad, Map.of("a.txt", "text"), List.of("a.txt"));
  }

  private void run(
      List<BadInput> bad, Map<String, ?> good, List<String> goodIds, String... options) {
    Corpus corpus = new Corpus(dir.resolve("in"));
    List<String> expected = new ArrayList<>();
    for (BadInput input : bad) {
      corpus.write(input.name(), input.content());
      expected.addAll(input.rejects());
    }
    good.forEach((name, content) -> write(corpus, name, content));
    IngestRun ingest = new IngestRun(dir.resolve("out").toString());
    List<String> arguments =
        new ArrayList<>(List.of("--input", dir.resolve("in").toString(), "--text-unit", "file"));
    arguments.addAll(List.of("--max-reject-ratio", "1", "--max-pixels", "1000000"));
    arguments.addAll(List.of("--max-text-chars", "" + MOST_CHARS));
    arguments.addAll(List.of("--max-item-bytes", "" + MOST_BYTES));
    arguments.addAll(List.of(options));
    String printed = ingest.run(arguments.toArray(String[]::new));
    assertEquals(
        String.join("\n", expected.stream().sorted().toList()),
        String.join("\n", ingest.rejects(spark).stream().sorted().toList()));
    List<String> ids =
        ingest.rows(spark).stream().map((Row row) -> row.<String>getAs("id")).toList();
    assertEquals(goodIds.stream().sorted().toList(), ids.stream().sorted().toList());
    assertTrue(printed.contains(expected.size() + " rejected"), printed);
  }

  private static void write(Corpus corpus, String name, Object content) {
    corpus.write(name, content instanceof String text ? Bytes.utf8(text) : (byte[]) content);
  }
}
