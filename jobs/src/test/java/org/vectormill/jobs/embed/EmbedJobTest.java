package org.vectormill.jobs.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableReader;
import org.vectormill.schemas.VectorRows;
import org.vectormill.udfs.ContentHash;

class EmbedJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  private final CommandRun command = new CommandRun();

  private ItemTables items() {
    return new ItemTables(path("items"), 10);
  }

  private int embed(String... further) {
    List<String> given = List.of(further);
    List<String> arguments = new ArrayList<>(List.of("embed"));
    Map.of(
            "--input", path("items"),
            "--output", path("vectors"),
            "--result", dir.resolve("result.json").toString(),
            "--encoder", "builtin:text")
        .forEach(
            (name, value) ->
                arguments.addAll(given.contains(name) ? List.of() : List.of(name, value)));
    arguments.addAll(given);
    return command.code(arguments.toArray(String[]::new));
  }

  private void embedWell(String... further) {
    assertEquals(0, embed(further), command::err);
  }

  private ResultFile result() {
    return new ResultFile(dir.resolve("result.json"));
  }

  private String encoderOfResult() throws Exception {
    return result().json().get("encoder_fingerprint").textValue();
  }

  private Table vectors() {
    return Table.open(CONF, path("vectors"));
  }

  /** All committed vectors by id; fails where an id stands twice. */
  private Map<String, float[]> byId() {
    return byId("vectors");
  }

  private Map<String, float[]> byId(String name) {
    Map<String, float[]> vectors = new TreeMap<>();
    for (DataFile file : Table.open(CONF, dir.resolve(name).toString()).files()) {
      try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, file.path())) {
        for (RowGroup group : TableFiles.rowGroups(CONF, file.path())) {
          VectorRows rows = reader.read(group.index());
          for (int i = 0; i < rows.rows(); i++) {
            float[] vector = new float[rows.dimension()];
            System.arraycopy(rows.values(), i * rows.dimension(), vector, 0, vector.length);
            assertEquals(null, vectors.put(rows.ids()[i], vector), rows.ids()[i]);
          }
        }
      }
    }
    return vectors;
  }

  @Test
  void givesEachItemOneVectorOfUnitLength() throws Exception {
    items().wave(ItemTables.texts(0, 35));
    embedWell("--unit-rows", "4");
    result().assertCounts(35, 35, 0, 0);
    Map<String, float[]> vectors = byId();
    assertEquals(35, vectors.size());
    for (float[] vector : vectors.values()) {
      double squares = 0;
      for (float x : vector) {
        squares += (double) x * x;
      }
      assertEquals(1, Math.sqrt(squares), 1e-6);
    }
    assertTrue(command.out().contains("35 vectors"), command.out());
    assertEquals(
        11, result().json().get("details").get("units").asInt(), "row groups of 10, slices of 4");
  }

  @Test
  void givesTheSameBitsWhateverTheUnitsAndTasks() {
    items().wave(ItemTables.texts(0, 35));
    embedWell("--unit-rows", "3");
    Map<String, float[]> small = byId("vectors");
    embedWell("--output", dir.resolve("other").toString());
    Map<String, float[]> whole = byId("other");
    small.forEach((id, vector) -> assertArrayEquals(vector, whole.get(id), id));
  }

  @Test
  void hasNothingToDoTheSecondTime() throws Exception {
    items().wave(ItemTables.texts(0, 5));
    embedWell();
    embedWell();
    result().assertCounts(5, 0, 0, 5);
    assertTrue(command.out().contains("Nothing to do"), command.out());
    assertEquals(1, vectors().waves().size());
  }

  @Test
  void encodesOnlyANewWave() throws Exception {
    items().wave(ItemTables.texts(0, 5));
    embedWell();
    items().wave(ItemTables.texts(5, 8));
    embedWell();
    result().assertCounts(8, 3, 0, 5);
    assertEquals(2, vectors().waves().size());
    assertEquals(8, byId().size());
  }

  @Test
  void replacesTheVectorOfAChangedItem() throws Exception {
    items().wave(ItemTables.texts(0, 5));
    embedWell();
    items().wave(List.of(ItemTables.text("text#2", "quite another sentence")), "text#2");
    embedWell();
    result().assertCounts(5, 1, 0, 4);
    List<Row> current =
        vectors().current(spark).filter("id = 'text#2'").select("content_hash").collectAsList();
    assertEquals(1, current.size());
    assertEquals(ContentHash.of("quite another sentence"), current.get(0).getString(0));
    assertEquals(5, vectors().current(spark).count());
  }

  @Test
  void takesOnlyTheLastVersionOfAnItemThatChangedBeforeTheFirstRun() throws Exception {
    items().wave(ItemTables.texts(0, 25));
    items().wave(List.of(ItemTables.text("text#12", "quite another sentence")), "text#12");
    embedWell("--unit-rows", "7");
    result().assertCounts(25, 25, 0, 0);
    assertEquals(25, byId().size());
  }

  @Test
  void knowsItemsByContentWhereTheTableWasMadeAnew() throws Exception {
    items().wave(ItemTables.texts(0, 12));
    embedWell();
    new ItemTables(dir.resolve("moved").toString(), 10).wave(ItemTables.texts(3, 15));
    embedWell("--input", dir.resolve("moved").toString());
    result().assertCounts(12, 3, 0, 9);
    assertEquals(15, byId().size());
  }

  @Test
  void leavesItemsOfAnotherModalityOut() throws Exception {
    List<ItemRow> mixed = ItemTables.texts(0, 3);
    mixed.add(ItemTables.image("picture", png()));
    items().wave(mixed);
    embedWell();
    result().assertCounts(3, 3, 0, 0);
    assertEquals(1, result().json().get("details").get("skipped_other_modality").asInt());
    embedWell("--encoder", "builtin:image", "--output", dir.resolve("pictures").toString());
    result().assertCounts(1, 1, 0, 0);
  }

  @Test
  void rejectsAPictureThatIsNoLongerWhatWasIngested() throws Exception {
    Path same = Files.write(dir.resolve("same.png"), png());
    Path changed = Files.write(dir.resolve("changed.png"), png());
    Path gone = dir.resolve("gone.png");
    items().wave(List.of(linked("same", same), linked("changed", changed), linked("gone", gone)));
    Files.write(changed, "not the picture".getBytes(StandardCharsets.UTF_8));
    embedWell("--encoder", "builtin:image", "--max-reject-ratio", "0.9");
    result().assertCounts(3, 1, 2, 0);
    assertEquals(1, result().json().get("rejects_by_reason").get("changed").asInt());
    assertEquals(1, result().json().get("rejects_by_reason").get("unreadable").asInt());
    embedWell("--encoder", "builtin:image", "--max-reject-ratio", "0.9");
    result().assertCounts(3, 0, 0, 3);
  }

  private static ItemRow linked(String id, Path file) {
    ItemRow row = ItemTables.image(id, png());
    return new ItemRow(
        id,
        file.toUri().toString(),
        row.sourceSize(),
        "1",
        "image",
        null,
        null,
        row.contentHash(),
        null,
        null,
        Map.of());
  }

  @Test
  void publishesRejectsAloneWhereTheGateFails() throws Exception {
    items().wave(List.of(ItemTables.image("good", png()), ItemTables.image("bad", new byte[9])));
    assertEquals(4, embed("--encoder", "builtin:image"), command::err);
    assertTrue(command.err().contains("--max-reject-ratio"), command.err());
    JsonNode result = result().json();
    assertEquals(4, result.get("exit_code").asInt());
    assertEquals(0, result.get("written").asInt());
    assertEquals(1, result.get("rejected").asInt());
    assertEquals(vectors().manifest().encoderFingerprint(), encoderOfResult());
    assertEquals(0, vectors().files().size());
    assertEquals(1, vectors().rejects(spark).count());
    embedWell("--encoder", "builtin:image", "--max-reject-ratio", "0.5");
    result().assertCounts(2, 1, 1, 0);
  }

  @Test
  void refusesAnotherEncoderForTheSameTable() throws Exception {
    items().wave(ItemTables.texts(0, 3));
    embedWell();
    assertEquals(vectors().manifest().encoderFingerprint(), encoderOfResult());
    assertEquals(2, embed("--dimensions", "8"));
    String refused = encoderOfResult();
    assertTrue(refused.matches("[0-9a-f]{16}"), refused);
    assertNotEquals(vectors().manifest().encoderFingerprint(), refused);
    assertTrue(
        command.err().contains("fingerprint") || command.err().contains("encoder"), command.err());
    assertEquals(1, vectors().waves().size());
  }

  @Test
  void plansAndTouchesNothingInADryRun() throws Exception {
    items().wave(ItemTables.texts(0, 25));
    embedWell("--dry-run", "--unit-rows", "5");
    assertTrue(command.out().contains("25 of 25 items in 5 work units"), command.out());
    assertFalse(Files.exists(dir.resolve("vectors")));
  }

  @Test
  void makesAnEmptyTableOfAnEmptyOne() throws Exception {
    items().wave(List.of());
    embedWell();
    result().assertCounts(0, 0, 0, 0);
    assertEquals(0, vectors().current(spark).count());
    assertTrue(vectors().manifest().dimension() > 0);
  }

  @Test
  void readsNoVectorsWithAnEncoderOfItems() {
    items().wave(ItemTables.texts(0, 3));
    embedWell();
    assertEquals(2, embed("--input", path("vectors"), "--output", dir.resolve("x").toString()));
    assertTrue(command.err().contains("--input is a vectors table"), command.err());
  }

  private static byte[] png() {
    try {
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      java.awt.image.BufferedImage image =
          new java.awt.image.BufferedImage(16, 16, java.awt.image.BufferedImage.TYPE_INT_RGB);
      image.setRGB(3, 4, 0xff8800);
      javax.imageio.ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
