package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.schemas.ItemRow;
import org.vectormill.udfs.agreement.Agreement;

/** When {@code --report-labels} is refused, left out and repeated. */
class LabelReportJobTest extends SparkTest {
  private static final int DIMENSION = 6;

  private final CommandRun command = new CommandRun();

  private int run(String... options) {
    return runInto("out", options);
  }

  private int runInto(String output, String... options) {
    List<String> arguments = new ArrayList<>(List.of("cluster", "--input", path("vectors")));
    arguments.addAll(List.of("--output", path(output), "--result", path("result.json")));
    arguments.addAll(List.of("--threads", "1", "--no-describe-clusters"));
    arguments.addAll(List.of(options));
    return command.code(arguments);
  }

  private int train(String... more) {
    List<String> options = new ArrayList<>(List.of("--k", "3", "--restarts", "5"));
    options.addAll(List.of("--report-labels"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  private int assign(String... more) {
    List<String> options = new ArrayList<>(List.of("--assign", path("out/model.safetensors")));
    options.addAll(List.of("--report-labels"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  /** Rows of three groups; their items have labels where {@code labelled}, or there are none. */
  private void corpus(int from, int to, boolean labelled) {
    vectors(VectorWaves.groups(from, to, 3, DIMENSION, 5));
    items(from, to, labelled);
  }

  private void vectors(VectorWaves.Part part) {
    new VectorWaves(path("vectors"), DIMENSION, "l2", path("items")).wave(List.of(part));
  }

  private void items(int from, int to, boolean labelled) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String group = String.valueOf(i % 3);
      items.add(
          ItemTables.text(group + "-" + i, "text " + i, labelled ? group : null, null, Map.of()));
    }
    new ItemTables(new Configuration(), path("items"), 500).wave(items);
  }

  private JsonNode labels() throws IOException {
    return new ResultFile(dir.resolve("result.json")).json().get("details").get("labels");
  }

  private void assertReported(int items) throws IOException {
    assertEquals(items, labels().get("items").asInt());
    assertEquals(1, labels().get("accuracy").asDouble());
    assertTrue(command.out().contains("Labels of " + items + " items"), command.out());
    command.clear();
  }

  @Test
  void aTableWithoutLabelsIsRefusedBeforeItIsClustered() {
    corpus(0, 300, false);
    for (int time = 0; time < 2; time++) {
      assertEquals(3, train(), command::err);
      assertTrue(command.err().contains("--report-labels"), command.err());
      assertFalse(Files.exists(dir.resolve("out")), "something was made");
    }
    assertEquals(3, train("--dry-run"), command::err);
  }

  @Test
  void labelsOfOtherItemsDontCount() {
    corpus(0, 300, false);
    items(300, 400, true);
    assertEquals(3, train(), command::err);
    assertFalse(Files.exists(dir.resolve("out")), "something was made");
  }

  @Test
  void rowsWithoutLabelsAreRefusedBeforeTheyAreGivenToClusters() {
    corpus(0, 300, false);
    assertEquals(0, run("--k", "3"), command::err);
    corpus(300, 330, false);
    assertEquals(3, assign(), command::err);
    assertEquals(0, run("--assign", path("out/model.safetensors")), command::err);
    assertTrue(command.out().contains("30 rows given"), command.out());
  }

  @Test
  void theGateSpeaksFirst() {
    VectorWaves.Part part = VectorWaves.groups(0, 300, 3, DIMENSION, 5);
    part.vectors()[7][0] = Float.NaN;
    vectors(part);
    items(0, 300, true);
    assertEquals(4, train("--max-reject-ratio", "0"), command::err);
    assertTrue(command.err().contains("not_finite"), command.err());
  }

  @Test
  void theGateOfNewRowsSpeaksFirst() {
    corpus(0, 300, true);
    assertEquals(0, train(), command::err);
    VectorWaves.Part part = VectorWaves.groups(300, 330, 3, DIMENSION, 5);
    part.vectors()[7][0] = Float.NaN;
    vectors(part);
    List<String> options = new ArrayList<>(List.of("--report-labels", "--max-reject-ratio", "0"));
    options.addAll(List.of("--assign", path("out/model.safetensors")));
    assertEquals(4, runInto("other", options.toArray(String[]::new)), command::err);
    assertTrue(command.err().contains("not_finite"), command.err());
  }

  /** They have been given to clusters by then, so the run has succeeded. */
  @Test
  void newRowsWhoseLabelledVectorsAreAllRejectedSayThatThereAreNone() throws IOException {
    corpus(0, 300, false);
    assertEquals(0, run("--k", "3"), command::err);
    VectorWaves.Part part = VectorWaves.groups(300, 330, 3, DIMENSION, 5);
    for (float[] vector : part.vectors()) {
      vector[0] = Float.NaN;
    }
    vectors(part);
    items(300, 330, true);
    for (int time = 0; time < 2; time++) {
      assertEquals(0, assign("--max-reject-ratio", "1"), command::err);
      assertEquals(0, labels().get("items").asInt());
      assertTrue(labels().get("accuracy").isNull(), labels()::toString);
      assertTrue(command.out().contains("Labels: no item of"), command.out());
      command.clear();
    }
  }

  @Test
  void finishedClustersAreReportedToo() throws IOException {
    corpus(0, 300, true);
    assertEquals(0, run("--k", "3", "--restarts", "5"), command::err);
    for (int time = 0; time < 2; time++) {
      assertEquals(0, train(), command::err);
      assertTrue(command.out().contains("Nothing to do"), command.out());
      assertReported(300);
    }
    corpus(300, 330, true);
    assertEquals(0, assign(), command::err);
    assertReported(330);
    assertEquals(0, assign(), command::err);
    assertTrue(command.out().contains("Nothing to do"), command.out());
    assertReported(330);
  }

  /** Labels that are nearly ids: their number grows with the rows. */
  @Test
  void ofVeryManyLabelsThereIsNoAccuracy() throws IOException {
    int rows = Agreement.MAX_MATCHED + 2;
    vectors(VectorWaves.groups(0, rows, 3, DIMENSION, 5));
    List<ItemRow> items = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      // Two have one label, in two clusters; all others a label each.
      String label = "kind " + Math.max(1, i);
      items.add(ItemTables.text(i % 3 + "-" + i, "text " + i, label, null, Map.of()));
    }
    new ItemTables(new Configuration(), path("items"), 500).wave(items);
    assertEquals(0, train(), command::err);
    assertTrue(labels().get("accuracy").isNull(), labels()::toString);
    assertEquals(rows, labels().get("items").asInt());
    double third = Math.log(3);
    double all = Math.log(rows);
    double kinds = all - 2.0 / rows * Math.log(2);
    assertEquals(
        (kinds + third - all) / ((kinds + third) / 2), labels().get("nmi").asDouble(), 1e-3);
    assertTrue(command.out().contains("so no accuracy, NMI"), command.out());
  }
}
