package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.image.ContactSheet;
import org.vectormill.udfs.image.Images;
import org.vectormill.udfs.image.RgbImage;

/** From items to clusters that say what they are, through the command line. */
class FeatureJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  private final CommandRun command = new CommandRun();

  private void items(List<ItemRow> rows) {
    new ItemTables(CONF, path("items"), 16).wave(rows);
  }

  private int run(String output, String... options) {
    List<String> arguments = new ArrayList<>(List.of("cluster", "--input", path("items")));
    arguments.addAll(List.of("--output", path(output), "--result", path("result.json")));
    arguments.addAll(List.of(options));
    return command.code(arguments);
  }

  private void cluster(String output, String... options) {
    assertEquals(0, run(output, options), command::err);
  }

  private JsonNode details() throws Exception {
    return new ResultFile(dir.resolve("result.json")).json().get("details");
  }

  private List<Row> rows(String table) {
    return Table.open(CONF, path(table)).current(spark).orderBy("id").collectAsList();
  }

  /** Fails unless each group that the ids name has a cluster of its own. */
  private Map<String, Integer> clusterOfGroup(String output) {
    Map<String, TreeSet<Integer>> found = new TreeMap<>();
    for (Row row : rows(output + "/clusters")) {
      found
          .computeIfAbsent(row.getString(0).substring(0, 1), g -> new TreeSet<>())
          .add(row.getInt(1));
    }
    Map<String, Integer> clusters = new TreeMap<>();
    found.forEach(
        (group, some) -> {
          assertEquals(1, some.size(), found.toString());
          clusters.put(group, some.first());
        });
    assertEquals(found.size(), new TreeSet<>(clusters.values()).size(), found.toString());
    return clusters;
  }

  private TreeSet<String> terms(String output, int cluster) {
    TreeSet<String> terms = new TreeSet<>();
    for (Row row : rows(output + "/metrics")) {
      if (row.getString(1).equals("term") && row.getString(2).equals("cluster=" + cluster)) {
        terms.add(row.<String, String>getJavaMap(7).get("term"));
      }
    }
    return terms;
  }

  @Test
  void clustersTextsAndNamesTheTermsThatSetThemApart() throws Exception {
    items(ItemCorpus.texts(0, 120));
    cluster("out", "--features", "tfidf:40", "--k", "3", "--restarts", "5");
    Map<String, Integer> clusters = clusterOfGroup("out");
    assertEquals(120, rows("out/clusters").size());
    for (int group = 0; group < 3; group++) {
      assertEquals(
          new TreeSet<>(ItemCorpus.WORDS.get(group)), terms("out", clusters.get("" + group)));
    }
    assertEquals(15, details().get("description").get("terms").asInt());
    assertEquals(120, details().get("features").get("written").asInt());
    assertEquals(21, Table.open(CONF, path("out/features")).manifest().dimension());
    command.clear();
    cluster("out", "--features", "tfidf:40", "--k", "3", "--restarts", "5");
    assertTrue(command.out().contains("Nothing to do: 120 rows"), command.out());
  }

  @Test
  void givesNewItemsToClustersWithTheVocabularyThatIsThere() throws Exception {
    items(ItemCorpus.texts(0, 90));
    cluster("out", "--features", "tfidf", "--k", "3", "--restarts", "5");
    Map<String, Integer> before = clusterOfGroup("out");
    Path vocabulary = dir.resolve("out/features-model/tfidf.json");
    byte[] counted = Files.readAllBytes(vocabulary);
    List<ItemRow> more = new ArrayList<>(ItemCorpus.texts(90, 120));
    more.add(ItemTables.text("3-unknown", "quantum entanglement"));
    items(more);
    String model = path("out/model.safetensors");
    cluster("out", "--features", "tfidf", "--assign", model);
    assertArrayEquals(counted, Files.readAllBytes(vocabulary));
    assertEquals(before, clusterOfGroup("out"));
    assertEquals(120, rows("out/clusters").size());
    JsonNode features = details().get("features");
    assertEquals(1, features.get("rejects_by_reason").get("zero_vector").asInt());
    cluster("elsewhere", "--features", "tfidf", "--assign", model);
    assertEquals(rows("out/clusters"), rows("elsewhere/clusters"));
    List<String> embed = new ArrayList<>(List.of("embed", "--input", path("items")));
    embed.addAll(List.of("--encoder", path("out/features-model"), "--output", path("vectors")));
    command.well(embed);
    assertEquals(rows("out/features"), rows("vectors"));
  }

  @Test
  void givesEqualTablesWhateverTheNumberOfTasks() throws Exception {
    items(ItemCorpus.texts(0, 60));
    items(ItemCorpus.texts(60, 100));
    cluster("one", "--features", "tfidf:12", "--k", "3");
    spark.conf().set("spark.sql.shuffle.partitions", "7");
    spark.conf().set("spark.sql.files.maxPartitionBytes", "2000");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    try {
      cluster("two", "--features", "tfidf:12", "--k", "3");
    } finally {
      spark.conf().unset("spark.sql.shuffle.partitions");
      spark.conf().unset("spark.sql.files.maxPartitionBytes");
      spark.conf().unset("spark.sql.adaptive.enabled");
    }
    assertArrayEquals(
        Files.readAllBytes(dir.resolve("one/features-model/tfidf.json")),
        Files.readAllBytes(dir.resolve("two/features-model/tfidf.json")));
    for (String table : List.of("features", "clusters", "centroids", "metrics")) {
      assertEquals(rows("one/" + table), rows("two/" + table), table);
    }
  }

  @Test
  void trainsANetworkOnTfIdf() throws Exception {
    items(ItemCorpus.texts(0, 150));
    String[] small = {"--layers", "24,3", "--epochs", "20", "--batch", "32", "--threads", "1"};
    List<String> options = new ArrayList<>(List.of("--features", "tfidf", "--algorithm", "idec"));
    options.addAll(List.of("--k", "3", "--learning-rate", "0.005", "--seed", "2"));
    options.addAll(List.of(small));
    cluster("out", options.toArray(String[]::new));
    Map<String, Integer> clusters = clusterOfGroup("out");
    assertEquals(new TreeSet<>(ItemCorpus.WORDS.get(1)), terms("out", clusters.get("1")));
  }

  private RgbImage sheet(int cluster) throws Exception {
    Path file = dir.resolve("out/contact-sheets").resolve(ContactSheets.name(cluster));
    return Images.decode(Files.readAllBytes(file), 1_000_000);
  }

  private List<String> sheets() throws Exception {
    try (var files = Files.list(dir.resolve("out/contact-sheets"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The largest of the three colours of a picture's middle: what tells the groups apart. */
  private static int brightest(RgbImage sheet, int column, int row) {
    int x = ContactSheet.length(column) + ContactSheet.CELL / 2;
    int y = ContactSheet.length(row) + ContactSheet.CELL / 2;
    int at = 3 * (y * sheet.width() + x);
    int best = 0;
    for (int c = 1; c < 3; c++) {
      best = (sheet.pixels()[at + c] & 0xff) > (sheet.pixels()[at + best] & 0xff) ? c : best;
    }
    return best;
  }

  @Test
  void clustersPixelsAndShowsThemOnContactSheets() throws Exception {
    items(ItemCorpus.images(0, 60));
    cluster("out", "--features", "pixels:4x4:rgb", "--k", "3", "--restarts", "5");
    Map<String, Integer> clusters = clusterOfGroup("out");
    assertEquals(List.of("cluster-00000.png", "cluster-00001.png", "cluster-00002.png"), sheets());
    assertEquals(72, details().get("description").get("pictures").asInt());
    assertEquals(0, details().get("description").get("blank_cells").asInt());
    for (int group = 0; group < 3; group++) {
      RgbImage sheet = sheet(clusters.get("" + group));
      assertEquals(804, sheet.width());
      assertEquals(304, sheet.height());
      for (int cell = 0; cell < 24; cell++) {
        assertEquals(2 - group, brightest(sheet, cell % 8, cell / 8));
      }
    }
    byte[] first = Files.readAllBytes(dir.resolve("out/contact-sheets/cluster-00000.png"));
    cluster("out", "--features", "pixels:4x4:rgb", "--k", "2", "--retrain");
    assertEquals(List.of("cluster-00000.png", "cluster-00001.png"), sheets());
    cluster("out", "--features", "pixels:4x4:rgb", "--k", "3", "--restarts", "5", "--retrain");
    assertArrayEquals(
        first, Files.readAllBytes(dir.resolve("out/contact-sheets/cluster-00000.png")));
    cluster(
        "out", "--features", "pixels:4x4:rgb", "--k", "2", "--retrain", "--no-describe-clusters");
    assertEquals(List.of(), sheets());
  }

  /** What Spark keeps by this name: where it was made. */
  private static List<String> heldByWorkers() {
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return java.getPersistentRDDs().values().stream()
        .map(rdd -> rdd.rdd().toString())
        .filter(name -> name.contains(SparkWorkers.class.getSimpleName() + ".java"))
        .toList();
  }

  @Test
  void startsDepictFromHeadsAndLetsGoOfWhatTheyRead() throws Exception {
    items(ItemCorpus.images(0, 240));
    String options =
        "--features pixels:8x8:rgb --algorithm depict --k 3 --filters 8,8 --epochs 25 --batch 20"
            + " --learning-rate 0.003 --layers 4 --heads 6 --neighbours 5 --walk 2 --max-refreshes 4";
    cluster("out", options.split(" "));
    assertEquals(6, details().get("losses").size());
    double least = details().get("losses").get(details().get("head").asInt()).asDouble();
    for (JsonNode loss : details().get("losses")) {
      assertTrue(least <= loss.asDouble(), details().toString());
    }
    Map<String, Integer> phases = new TreeMap<>();
    details()
        .get("curve")
        .forEach(point -> phases.merge(point.get("phase").asText(), 1, Integer::sum));
    assertEquals(25, phases.get("pretrain"));
    assertEquals(10, phases.get("heads"));
    assertEquals(details().get("refreshes").asInt(), phases.get("cluster"));
    assertEquals(List.of(), heldByWorkers());
  }

  @Test
  void trainsAConvolutionalNetworkOnPixels() throws Exception {
    items(ItemCorpus.images(0, 60));
    cluster(
        "out",
        "--features",
        "pixels:8x8:rgb",
        "--algorithm",
        "depict",
        "--k",
        "3",
        "--filters",
        "8,8",
        "--epochs",
        "20",
        "--batch",
        "20",
        "--learning-rate",
        "0.003",
        "--layers",
        "4");
    assertEquals(60, Table.open(CONF, path("out/clusters")).current(spark).count());
    assertEquals("depict", details().get("algorithm").asText());
    assertTrue(details().get("curve").size() > 20, details().toString());
    for (Row row : Table.open(CONF, path("out/centroids")).current(spark).collectAsList()) {
      assertEquals(4, row.getList(row.fieldIndex("vector")).size());
      assertTrue(row.<Long>getAs("size") > 0);
    }
    cluster("out", "--features", "pixels:8x8:rgb", "--assign", path("out/model.safetensors"));
    assertEquals(
        0,
        command.code(
            List.of(
                "embed",
                "--input",
                path("out/features"),
                "--encoder",
                path("out/model.safetensors"),
                "--output",
                path("codes"))),
        command::err);
    assertEquals(
        0,
        command.code(
            List.of("cluster", "--input", path("codes"), "--k", "3", "--output", path("again"))),
        command::err);
    assertTrue(
        Files.exists(dir.resolve("again/contact-sheets/cluster-00000.png")),
        "the items of codes are those of the vectors that they are made of");
  }

  @Test
  void readsLinkedImagesAndLeavesLostOnesBlank() throws Exception {
    items(ItemCorpus.linkedImages(dir, 0, 12));
    String[] options = {"--features", "pixels:4x4:rgb", "--k", "3", "--restarts", "5"};
    cluster("out", options);
    clusterOfGroup("out");
    assertEquals(36, details().get("description").get("pictures").asInt());
    Files.delete(dir.resolve("0.png"));
    Files.write(dir.resolve("1.png"), ItemCorpus.picture(5));
    List<String> again = new ArrayList<>(List.of(options));
    again.addAll(List.of("--seed", "3", "--retrain"));
    cluster("out", again.toArray(String[]::new));
    assertEquals(30, details().get("description").get("pictures").asInt());
    assertEquals(6, details().get("description").get("blank_cells").asInt());
  }

  @Test
  void describesNothingWhereItIsNotToOrTheItemsAreGone() throws Exception {
    items(ItemCorpus.images(0, 30));
    cluster("out", "--features", "pixels:4x4:grey", "--k", "2", "--no-describe-clusters");
    assertFalse(Files.exists(dir.resolve("out/contact-sheets")));
    assertFalse(details().has("description"));
    Files.move(dir.resolve("items"), dir.resolve("moved"));
    List<String> options = new ArrayList<>(List.of("cluster", "--input", path("out/features")));
    options.addAll(List.of("--k", "2", "--output", path("other"), "--result", path("result.json")));
    command.well(options);
    assertFalse(details().has("description"));
    options.addAll(List.of("--describe-clusters", "--seed", "9", "--retrain"));
    assertEquals(3, command.code(options));
    assertTrue(command.err().contains("--items"), command.err());
    options.addAll(List.of("--items", path("moved")));
    command.well(options);
    assertEquals(2, details().get("description").get("contact_sheets").asInt());
  }

  @Test
  void plansWithoutTouchingAnything() throws Exception {
    items(ItemCorpus.texts(0, 30));
    cluster("out", "--features", "tfidf", "--k", "3", "--dry-run");
    assertTrue(command.out().contains("count a vocabulary"), command.out());
    cluster("out", "--features", "tfidf:9", "--k", "3", "--dry-run");
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "texts|words|2|--features must be tfidf",
        "texts|pixels:28x28|2|--features must be tfidf",
        "texts|tfidf:0|2|from 1 to 20,000 terms, got 0",
        "texts|pixels:28x28:grey|3|no image among its items",
        "texts|none|3|--features tfidf or pixels:28x28:grey",
        "images|tfidf|3|no text among its items",
        "marks|tfidf|3|none of the 2 texts",
        "vectors|tfidf|2|is a table of vectors already"
      })
  void refusesBadInputBeforeItWrites(String input, String features, int code, String message) {
    switch (input) {
      case "texts" -> items(ItemCorpus.texts(0, 6));
      case "images" -> items(ItemCorpus.images(0, 6));
      case "marks" -> items(List.of(ItemTables.text("0-0", "? !"), ItemTables.text("0-1", "a")));
      default ->
          new VectorWaves(path("items"), 6, "l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 1)));
    }
    String[] options =
        features.equals("none")
            ? new String[] {"--k", "2"}
            : new String[] {"--k", "2", "--features", features};
    assertEquals(code, run("out", options), command::err);
    assertTrue(command.err().contains(message), command.err());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @Test
  void keepsAVocabularyForWhatItWasCountedFor() {
    items(ItemCorpus.texts(0, 30));
    cluster("out", "--features", "tfidf:30", "--k", "3");
    assertEquals(2, run("out", "--features", "tfidf:31", "--k", "3", "--retrain"));
    assertTrue(command.err().contains("counted with tfidf:30"), command.err());
    cluster("out", "--features", "tfidf", "--k", "2", "--retrain");
    assertEquals(
        3,
        run("out", "--features", "tfidf", "--assign", path("other/model.safetensors")),
        command::err);
    assertTrue(command.err().contains("beside the model"), command.err());
  }
}
