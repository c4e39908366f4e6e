package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.VectormillException;

/** Files as Hugging Face datasets writes them: an image is a struct of bytes and path. */
class ParquetSourcesTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message rows {
            optional int64 key;
            optional group image { optional binary bytes; optional binary path (STRING); }
            optional group meta { optional binary text (STRING); }
            optional int32 day (DATE);
            optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
          }
          """);
  private static final byte[] PNG = Corpus.image("png", 3, 2);

  @TempDir Path dir;

  @BeforeEach
  void writeThreeRows() throws IOException {
    SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(dir.toUri() + "/a.parquet"))
            .withType(SCHEMA)
            .withConf(new Configuration())
            .build()) {
      Group whole = rows.newGroup().append("key", 11L).append("day", 1);
      whole.addGroup("image").append("bytes", Binary.fromConstantByteArray(PNG));
      whole.addGroup("meta").append("text", "hello");
      writer.write(whole);
      writer.write(rows.newGroup().append("key", 12L));
      Group linked = rows.newGroup();
      linked.addGroup("image").append("path", "b.png");
      linked.addGroup("meta").append("text", "no key");
      writer.write(linked);
    }
    new Corpus(dir).write("b.png", PNG);
  }

  private Found read(Columns columns) {
    return new Corpus(dir).read("a.parquet", Corpus.spec(columns));
  }

  @Test
  void readsNestedTextsAndOtherColumnsInTheirTextForm() {
    Found found = read(new Columns("key", "meta.text", null, null, null, List.of("day"), false));
    assertEquals(List.of("11"), found.ids());
    assertEquals(List.of("hello"), found.texts());
    assertEquals(Map.of("day", "1970-01-02"), found.items.get(0).attributes());
    assertEquals(List.of("12 missing_value", "a.parquet#3 missing_value"), found.refused());
  }

  @Test
  void readsImagesByBytesOrPath() {
    Found found = read(new Columns(null, null, "image", null, null, List.of(), true));
    assertEquals(List.of("a.parquet#1", "a.parquet#3"), found.ids());
    assertArrayEquals(PNG, found.items.get(0).image());
    assertEquals("11", found.items.get(0).attributes().get("key"));
    assertTrue(found.items.get(1).source().endsWith("/b.png"));
    assertEquals(List.of("a.parquet#2 missing_value"), found.refused());
  }

  @Test
  void refusesNestedColumnsAndMissingOnes() {
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> read(new Columns(null, "tags", null, null, null, List.of(), false)));
    assertTrue(e.getMessage().startsWith("--text-column tags: the column is nested"));
    e =
        assertThrows(
            VectormillException.class,
            () -> read(new Columns(null, "body", null, null, null, List.of(), false)));
    assertTrue(e.getMessage().endsWith("columns: key, image, meta, day, tags"), e.getMessage());
  }

  @Test
  void refusesWhatIsNoParquet() {
    new Corpus(dir).write("c.parquet", "not Parquet at all");
    Found found = new Corpus(dir).read("c.parquet", Corpus.spec(Corpus.NO_COLUMNS));
    assertEquals(List.of("c.parquet malformed_record"), found.refused());
  }

  @Test
  void givesRowGroupsAsPieces() {
    SourceFile file = new Corpus(dir).source("a.parquet");
    Columns columns = new Columns(null, "meta.text", null, null, null, List.of(), false);
    List<Piece> pieces = SourceReader.rowGroups(new Configuration(), Corpus.spec(columns), file);
    assertEquals(1, pieces.size());
    assertEquals(0, pieces.get(0).rowGroup());
    assertEquals(
        List.of("a.parquet#1", "a.parquet#3"),
        Corpus.read(pieces.get(0), Corpus.spec(columns)).ids());
  }
}
