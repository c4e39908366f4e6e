package org.vectormill.jobs.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectorRows;
import org.vectormill.schemas.VectormillException;
import scala.jdk.javaapi.CollectionConverters;

class DescriptionTest {
  private static final Description VECTORS =
      new Description(
          "out/vectors",
          new TableManifest(
              "vectors",
              1,
              256,
              "cosine",
              true,
              JsonNodeFactory.instance.objectNode().put("uri", "builtin:text"),
              "0123456789abcdef",
              List.of("out/items"),
              Map.of("input", "out/items"),
              "0.1.0"),
          40,
          2,
          3,
          1,
          false,
          2,
          123_456,
          new Description.NormSummary(0.5, 1, 1.25),
          List.of(
              new Description.Wave(1, 40, 3, 40, 0, 0, 0, "r1", "2026-01-02T03:04:05Z"),
              new Description.Wave(2, 2, 0, 0, 2, 1, 0, "r2", "2026-01-03T03:04:05Z"),
              new Description.Wave(3, 41, 0, 0, 0, 0, 2, "r3", "2026-01-04T03:04:05Z")),
          Map.of("embed/empty", 3L),
          List.of(Map.of("id", "a", "content_hash", "ff")),
          List.of(Map.of("id", "b", "reason", "empty")));

  @Test
  void printsEveryFactForPeople() {
    assertEquals(
        """
        table       out/vectors
        kind        vectors, contract version 1
        encoder     builtin:text, fingerprint 0123456789abcdef
        vectors     256 dimensions, cosine, normalised
        norms       min 0.5000, mean 1.0000, max 1.2500
        made from   out/items
        rows        40 in 2 files, 123,456 bytes
        beware      readers of wave=*/*.parquet see other rows (2 older rows are still stored); use --sql, export or compact
        rejects     3, 1 of them to be tried again
        written by  Vectormill 0.1.0

        wave        rows       new   changed  vanished   rejects  run
           1          40        40         0         0         3  r1, 2026-01-02T03:04:05Z
           2           2         0         2         1         0  r2, 2026-01-03T03:04:05Z
           3          41         0         0         0         0  r3, 2026-01-04T03:04:05Z, stands for waves up to 2

        rejects by stage and reason
                 3  embed/empty

        first rows
          a:

        first rejects
        """,
        DescriptionText.of(List.of(VECTORS), false).replaceAll("(?s)(first rejects\n).*", "$1"));
  }

  @Test
  void printsALineForEachTableWhereAskedToBeBrief() {
    String text = DescriptionText.of(List.of(VECTORS, VECTORS), true);
    assertTrue(text.startsWith("out/vectors: vectors, 40 rows x 256, 3 rejects\n"), text);
    assertEquals(2, text.split("40 rows x 256", -1).length - 1);
    assertFalse(text.contains("written by"), text);
  }

  @Test
  void printsTheSameFactsForPrograms() throws IOException {
    JsonNode json = new ObjectMapper().readTree(DescriptionJson.of(List.of(VECTORS))).get(0);
    assertEquals(40, json.get("rows").asInt());
    assertEquals(2, json.get("replaced_rows").asInt());
    assertTrue(json.get("foreign_readers_differ").asBoolean());
    assertEquals(256, json.get("manifest").get("dimension").asInt());
    assertEquals(1.25, json.get("norms").get("max").asDouble());
    assertEquals(3, json.get("rejects_by_reason").get("embed/empty").asInt());
    assertEquals("r1", json.get("waves").get(0).get("run_id").asText());
  }

  @Test
  void addsUpNorms() {
    VectorRows rows =
        new VectorRows(
            new String[] {"a", "b"},
            new String[] {"x", "y"},
            "f",
            2,
            new float[] {3, 4, 0, 1},
            null,
            new boolean[2]);
    Norms norms = Norms.of(rows).plus(Norms.NONE).plus(Norms.of(rows));
    assertEquals(new Norms(4, 1, 12, 5), norms);
    assertEquals(3, norms.mean());
  }

  @Test
  void shortensWhatIsPeekedAt() {
    assertEquals(7, PeekValue.of(7));
    assertEquals("1,234 bytes", PeekValue.of(new byte[1234]));
    assertEquals(
        "[1.0000, 2.0000]", PeekValue.of(CollectionConverters.asScala(List.of(1f, 2f)).toSeq()));
    assertEquals(
        "[1.0000, 2.0000, 3.0000, 4.0000, … 5 in all]",
        PeekValue.of(CollectionConverters.asScala(List.of(1f, 2f, 3f, 4f, 5f)).toSeq()));
    assertEquals("a b", PeekValue.of("a\n\tb"));
    assertEquals(60, PeekValue.of("x".repeat(100)).toString().length());
  }

  @Test
  void refusesPeeksThatAreTooLong() {
    List<String> table = List.of("t");
    VectormillException thrown =
        assertThrows(
            VectormillException.class,
            () ->
                new DescribeOptions(
                    table, DescribeOptions.Format.TEXT, false, 1001, 0, Optional.empty()));
    assertEquals("--peek must be from 0 to 1000 rows, got 1001", thrown.getMessage());
  }
}
