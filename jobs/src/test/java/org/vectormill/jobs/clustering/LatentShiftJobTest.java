package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.Table;

/**
 * Classes that no distance shows, through the command line: each is two groups far apart, and has
 * other shares in each of three sites.
 */
class LatentShiftJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();
  private static final int DIMENSION = 6;
  private static final double[] FIRST_CLASS = {0.95, 0.5, 0.05};

  private final CommandRun command = new CommandRun();

  /** Rows and their items: the label is the class, the site an attribute, left out of some. */
  private void corpus(int from, int to) {
    List<ItemRow> items = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    float[][] vectors = new float[to - from][DIMENSION];
    for (int i = from; i < to; i++) {
      Random random = new Random(i * 7919L);
      int site = i % FIRST_CLASS.length;
      int label = random.nextDouble() < FIRST_CLASS[site] ? 0 : 1;
      for (int j = 0; j < DIMENSION; j++) {
        vectors[i - from][j] = (float) (0.3 * random.nextGaussian());
      }
      vectors[i - from][label] += random.nextBoolean() ? 2 : -2;
      String id = label + "-" + i;
      ids.add(id);
      Map<String, String> attributes = i % 50 == 7 ? Map.of() : Map.of("site", "site" + site);
      String split = site == 2 ? null : "split" + site;
      items.add(ItemTables.text(id, "text " + i, String.valueOf(label), split, attributes));
    }
    new ItemTables(CONF, path("items"), 500).wave(items);
    new VectorWaves(path("vectors"), DIMENSION, "l2", path("items"))
        .wave(List.of(new VectorWaves.Part(ids, vectors)));
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("cluster", "--input", path("vectors")));
    arguments.addAll(List.of("--output", path("out"), "--result", path("result.json")));
    arguments.addAll(List.of("--threads", "1", "--no-describe-clusters"));
    arguments.addAll(List.of(options));
    return command.code(arguments);
  }

  private int train(String... more) {
    List<String> options = new ArrayList<>(List.of("--algorithm", "lls", "--layers", "32"));
    options.addAll(List.of("--batch", "64", "--learning-rate", "0.005", "--seed", "3"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  private JsonNode details() throws Exception {
    return new ResultFile(dir.resolve("result.json")).json().get("details");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void findsClassesByWhatTellsSitesApart(String workers) throws Exception {
    corpus(0, 3000);
    assertEquals(
        0,
        train("--k", "2", "--domain", "site", "--workers", workers, "--report-labels"),
        command::err);
    assertTrue(details().get("labels").get("accuracy").asDouble() > 0.95, details().toString());
    assertEquals(60, details().get("rows_without_domain").asInt());
    assertEquals(3, details().get("domains").size());
    List<Row> rows = Table.open(CONF, path("out/clusters")).current(spark).collectAsList();
    assertEquals(3000, rows.size(), "rows without a site have clusters too");
    corpus(3000, 3300);
    assertEquals(
        0, run("--assign", path("out/model.safetensors"), "--report-labels"), command::err);
    assertTrue(details().get("labels").get("accuracy").asDouble() > 0.95, details().toString());
  }

  @Test
  void splitsAreDomainsToo() throws Exception {
    corpus(0, 2000);
    assertEquals(0, train("--k", "2", "--domain", "split", "--report-labels"), command::err);
    assertEquals(2, details().get("domains").size());
    assertTrue(details().get("labels").get("accuracy").asDouble() > 0.9, details().toString());
  }

  private void assertRefused(int code, String message, String... options) {
    assertEquals(code, train(options), command::err);
    assertTrue(command.err().contains(message), command.err());
    Path waves = dir.resolve("out/clusters");
    assertFalse(Files.exists(waves) && !Table.open(CONF, path("out/clusters")).waves().isEmpty());
  }

  @Test
  void refusesDomainsThatAreNone() {
    corpus(0, 400);
    assertRefused(2, "needs --domain", "--k", "2");
    assertRefused(2, "training never sees a label", "--k", "2", "--domain", "label");
    assertRefused(3, "no item of", "--k", "2", "--domain", "colour");
    assertRefused(2, "--k must be at most", "--k", "4", "--domain", "site");
    assertRefused(2, "--pieces must be from", "--k", "2", "--domain", "site", "--pieces", "1");
    assertRefused(2, "--pieces 100: 3", "--k", "2", "--domain", "site", "--pieces", "100");
    assertRefused(2, "--k auto judges", "--k", "auto", "--domain", "site");
    assertRefused(2, "--heads goes with", "--k", "2", "--domain", "site", "--heads", "2");
  }

  @Test
  void refusesADomainWithoutVectors() {
    corpus(0, 400);
    new ItemTables(CONF, path("items"), 500)
        .wave(List.of(ItemTables.text("elsewhere", "text", null, null, Map.of("site", "siteX"))));
    assertRefused(3, "comes from siteX", "--k", "2", "--domain", "site");
  }

  @Test
  void refusesVectorsWhoseItemsAreGone() {
    new VectorWaves(path("vectors"), DIMENSION, "l2")
        .wave(List.of(VectorWaves.groups(0, 400, 3, DIMENSION, 1)));
    assertRefused(2, "name it with --items", "--k", "2", "--domain", "site");
  }
}
