package org.vectormill.jobs.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.Main;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.RejectRow;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectorRows;

/** A table of two waves: a, b and c of norms 5, 1, 2; then a again, of norm 13. */
class DescribeJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  private final StringWriter out = new StringWriter();
  private Table table;

  @BeforeEach
  void writeTable() {
    table =
        Table.openOrCreate(
            CONF,
            path("vectors"),
            new TableManifest(
                "vectors", 1, 2, "l2", false, null, "f1", List.of("in"), Map.of(), "0.1.0"));
    publish("r1", vectors("a", 3, 4, "b", 0, 1, "c", 2, 0), rejects("d", "e"), List.of());
    publish("r2", vectors("a", 5, 12), List.of(), List.of("a"));
  }

  private static VectorRows vectors(Object... idsAndComponents) {
    int rows = idsAndComponents.length / 3;
    String[] ids = new String[rows];
    float[] values = new float[rows * 2];
    for (int i = 0; i < rows; i++) {
      ids[i] = (String) idsAndComponents[i * 3];
      values[i * 2] = ((Number) idsAndComponents[i * 3 + 1]).floatValue();
      values[i * 2 + 1] = ((Number) idsAndComponents[i * 3 + 2]).floatValue();
    }
    return new VectorRows(ids, ids, "f1", 2, values, null, new boolean[rows]);
  }

  private static List<RejectRow> rejects(String... ids) {
    return List.of(ids).stream()
        .map(
            id ->
                new RejectRow(
                    id,
                    "file:/" + id,
                    null,
                    "embed",
                    RejectReason.EMPTY,
                    "no bytes",
                    "r1",
                    Instant.EPOCH))
        .toList();
  }

  private void publish(
      String runId, VectorRows rows, List<RejectRow> rejects, List<String> replaced) {
    table = Table.open(CONF, table.uri());
    Staging staging = table.stage(runId, runId);
    try (TableFileWriter<VectorRows> data =
            TableFiles.writeVectors(CONF, file(staging), table.footer(), RowGroupSize.DEFAULT, 2);
        TableFileWriter<RejectRow> bad =
            TableFiles.writeRejects(CONF, file(staging), table.footer());
        TableFileWriter<String> old = TableFiles.writeIds(CONF, file(staging), table.footer())) {
      data.write(rows);
      rejects.forEach(bad::write);
      replaced.forEach(old::write);
      staging.publish(
          List.of(data.finish()),
          rejects.isEmpty() ? List.<DataFile>of() : List.of(bad.finish()),
          replaced.isEmpty() ? List.<DataFile>of() : List.of(old.finish()),
          List.of(),
          List.of());
    }
  }

  private static String file(Staging staging) {
    return StagingPlaces.newFile(staging.places().data(), "part");
  }

  private String describe(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "describe";
    all[1] = table.uri();
    System.arraycopy(args, 0, all, 2, args.length);
    StringWriter err = new StringWriter();
    assertEquals(
        0, Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all), err::toString);
    return out.toString();
  }

  private JsonNode json(String... args) throws IOException {
    return new ObjectMapper().readTree(describe(args)).get(0);
  }

  @Test
  void countsCurrentAndReplacedRowsAndRejects() throws IOException {
    JsonNode json = json("--format", "json");
    assertEquals(3, json.get("rows").asLong());
    assertEquals(1, json.get("replaced_rows").asLong());
    assertEquals(2, json.get("rejects").asLong());
    assertEquals(2, json.get("rejects_by_reason").get("embed/empty").asLong());
  }

  @Test
  void listsWaves() throws IOException {
    JsonNode waves = json("--format", "json").get("waves");
    assertEquals(2, waves.size());
    assertEquals("r1", waves.get(0).get("run_id").asText());
    assertEquals(3, waves.get(0).get("rows").asLong());
    assertEquals(2, waves.get(0).get("rejects").asLong());
    assertEquals(1, waves.get(1).get("replaced_ids").asLong());
  }

  @Test
  void measuresNormsOverAllCommittedVectors() throws IOException {
    JsonNode norms = json("--format", "json").get("norms");
    assertEquals(1, norms.get("min").asDouble());
    assertEquals((5 + 1 + 2 + 13) / 4.0, norms.get("mean").asDouble());
    assertEquals(13, norms.get("max").asDouble());
  }

  @Test
  void peeksAtCurrentRowsAndRejects() {
    String text = describe("--brief", "--peek", "5", "--rejects", "1");
    assertTrue(text.contains("  a: vector=[5.0000, 12.0000] truncated=false\n"), text);
    assertTrue(text.contains("  b: vector=[0.0000, 1.0000] truncated=false\n"), text);
    assertTrue(text.contains(" stage=embed reason=empty message=no bytes\n"), text);
  }

  @Test
  void describesRejectsAsATableOfTheirOwn() throws IOException {
    table = Table.open(CONF, dir.resolve("vectors").resolve(Table.REJECTS).toString());
    JsonNode json = json("--format", "json");
    assertEquals("rejects", json.get("manifest").get("kind").asText());
    assertEquals(2, json.get("rows").asLong());
  }
}
