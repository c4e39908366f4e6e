package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.VectormillException;

/** JSONL, CSV and TSV. */
class RecordSourcesTest {
  private static final Columns FULL =
      new Columns("id", "body.text", null, "topic", "part", List.of("n"), false);

  @TempDir Path dir;

  private Corpus corpus() {
    return new Corpus(dir);
  }

  private static Columns image(String column) {
    return new Columns(null, null, column, null, null, List.of(), false);
  }

  @Test
  void mapsNestedJsonFields() {
    corpus()
        .write(
            "a.jsonl",
            "{\"id\": 7, \"body\": {\"text\": \"hello\"}, \"topic\": \"x\", \"part\": \"test\", \"n\": [1, 2]}\n");
    ItemRow row = corpus().read("a.jsonl", Corpus.spec(FULL)).items.get(0);
    assertEquals("7", row.id());
    assertEquals("hello", row.text());
    assertEquals("x", row.label());
    assertEquals("test", row.split());
    assertEquals(Map.of("n", "[1,2]"), row.attributes());
  }

  @Test
  void refusesBrokenJsonRecordsByTheirLineAndGoesOn() {
    corpus()
        .write(
            "a.jsonl",
            """
            {"id": "a", "text": "one"}
            {"id": "b", "text":

            [1]
            {"id": "c", "text": null}
            {"text": "no id"}
            {"id": "d", "text": "\\ud800"}
            {"id": "e", "text": "last"} x
            {"id": "f", "text": "two"}
            """);
    Columns columns = new Columns("id", "text", null, null, null, List.of(), false);
    Found found = corpus().read("a.jsonl", Corpus.spec(columns));
    assertEquals(List.of("a", "f"), found.ids());
    assertEquals(
        List.of(
            "a.jsonl#L2 malformed_record",
            "a.jsonl#L4 malformed_record",
            "c missing_value",
            "a.jsonl#L6 missing_value",
            "d not_utf8",
            "a.jsonl#L8 malformed_record"),
        found.refused());
    assertEquals(8, found.read.size());
  }

  @Test
  void namesTheColumnsThatThereAre() {
    corpus().write("a.jsonl", "{\"title\": \"x\", \"body\": {\"text\": \"y\"}}\n");
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> corpus().read("a.jsonl", Corpus.spec(image("picture"))));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().startsWith("--image-column picture: no such column"));
    assertTrue(e.getMessage().endsWith("columns: title, body"), e.getMessage());
    e =
        assertThrows(
            VectormillException.class,
            () -> corpus().read("a.jsonl", Corpus.spec(Corpus.NO_COLUMNS)));
    assertTrue(e.getMessage().contains("name one with --text-column"), e.getMessage());
  }

  @Test
  void takesTheColumnTextAndAllOthersAsAttributes() {
    corpus().write("a.csv", "text,n,m\nhello,1,\n");
    Columns all = new Columns(null, null, null, null, null, List.of(), true);
    ItemRow row = corpus().read("a.csv", Corpus.spec(all)).items.get(0);
    assertEquals("a.csv#L2", row.id());
    assertEquals(Map.of("n", "1", "m", ""), row.attributes());
  }

  @Test
  void refusesCsvRecordsOfAnotherWidthAndFieldsThatAreNotUtf8() {
    byte[] csv =
        "id,text\na,one\nb\nc,caf\u00e9\n,x\nd,two\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    corpus().write("a.csv", csv);
    Columns columns = new Columns("id", "text", null, null, null, List.of(), false);
    Found found = corpus().read("a.csv", Corpus.spec(columns));
    assertEquals(List.of("a", "d"), found.ids());
    assertEquals(
        List.of("a.csv#L3 malformed_record", "c not_utf8", "a.csv#L5 missing_value"),
        found.refused());
  }

  @Test
  void namesColumnsByPositionWithoutAHeaderAndReadsTabs() {
    corpus().write("a.tsv", "1\tone \"x\n2\ttwo\n");
    ReadSpec spec =
        new ReadSpec(
            TextUnit.FILE,
            IdRule.COLUMN,
            new Columns("c1", "c2", null, null, null, List.of(), false),
            new CsvFormat(false, (char) 0, (char) 0),
            Corpus.LIMITS,
            new Inlining(Inlining.Mode.AUTO, 0),
            false,
            null);
    Found found = corpus().read("a.tsv", spec);
    assertEquals(List.of("1", "2"), found.ids());
    assertEquals(List.of("one \"x", "two"), found.texts());
  }

  @Test
  void readsImagesThatRecordsName() {
    byte[] png = Corpus.image("png", 3, 2);
    corpus().write("lists/img/a.png", png);
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    corpus()
        .write(
            "lists/a.jsonl",
            "{\"f\": \"img/a.png\"}\n{\"f\": \"%s\"}\n{\"f\": \"img/gone.png\"}\n{\"f\": {\"path\": \"img/a.png\"}}\n{\"f\": 3}\n{\"f\": \"data:image/png;base64,?\"}\n"
                .formatted(data));
    Found found = corpus().read("lists/a.jsonl", Corpus.spec(image("f")));
    assertEquals(List.of("lists/a.jsonl#L1", "lists/a.jsonl#L2", "lists/a.jsonl#L4"), found.ids());
    assertEquals(
        List.of(
            "lists/a.jsonl#L3 unreadable",
            "lists/a.jsonl#L5 missing_value",
            "lists/a.jsonl#L6 empty"),
        found.refused());
    ItemRow linked = found.items.get(0);
    assertTrue(linked.source().endsWith("lists/img/a.png"), linked.source());
    assertEquals(png.length, linked.sourceSize());
    assertTrue(linked.attributes().get("listed_in").endsWith("lists/a.jsonl"));
    assertArrayEquals(png, found.items.get(1).image());
    assertNull(found.items.get(1).attributes().get("listed_in"));
  }
}
