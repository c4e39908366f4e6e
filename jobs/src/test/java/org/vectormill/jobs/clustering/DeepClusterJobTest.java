package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.Main;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.tensors.TensorFile;

/** Deep clustering through the command line, on small tables whose groups are known. */
class DeepClusterJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();
  private static final int DIMENSION = 12;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    return runOn("vectors", "out", options);
  }

  private int runOn(String input, String output, String... options) {
    List<String> args = new ArrayList<>(List.of("cluster", "--input", path(input)));
    args.addAll(List.of("--result", path("result.json"), "--output", path(output)));
    args.addAll(List.of(options));
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  private int train(String algorithm, String... more) {
    List<String> options = new ArrayList<>(List.of("--algorithm", algorithm, "--threads", "1"));
    options.addAll(List.of("--layers", "24,3", "--epochs", "15", "--batch", "32", "--seed", "2"));
    options.addAll(List.of("--learning-rate", "0.005"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  private void trained(String algorithm, String... more) {
    assertEquals(0, train(algorithm, more), err::toString);
  }

  private JsonNode details() throws Exception {
    return new ObjectMapper().readTree(dir.resolve("result.json").toFile()).get("details");
  }

  private VectorWaves vectors() {
    return new VectorWaves(path("vectors"), DIMENSION, "cosine");
  }

  private List<Row> rows(String table) {
    return Table.open(CONF, path(table)).current(spark).orderBy("id").collectAsList();
  }

  private Map<String, TreeSet<Integer>> clustersByGroup() {
    return clustersByGroup("out");
  }

  private Map<String, TreeSet<Integer>> clustersByGroup(String output) {
    Map<String, TreeSet<Integer>> found = new HashMap<>();
    for (Row row : rows(output + "/clusters")) {
      found
          .computeIfAbsent(row.getString(0).split("-")[0], group -> new TreeSet<>())
          .add(row.getInt(1));
    }
    return found;
  }

  private void assertGroupsAreClusters(int groups) {
    assertGroupsAreClusters("out", groups);
  }

  private void assertGroupsAreClusters(String output, int groups) {
    Map<String, TreeSet<Integer>> found = clustersByGroup(output);
    assertEquals(groups, found.size());
    found.forEach((group, clusters) -> assertEquals(1, clusters.size(), found.toString()));
    assertEquals(groups, found.values().stream().distinct().count(), found.toString());
  }

  @ParameterizedTest
  @CsvSource({"dec,1", "idec,3"})
  void findsTheGroups(String algorithm, String workers) throws Exception {
    vectors()
        .wave(
            List.of(
                VectorWaves.groups(0, 800, 4, DIMENSION, 1),
                VectorWaves.groups(800, 1200, 4, DIMENSION, 1)));
    trained(algorithm, "--k", "4", "--workers", workers);
    assertGroupsAreClusters(4);
    assertEquals(algorithm, details().get("algorithm").asText());
    JsonNode curve = details().get("curve");
    assertEquals("pretrain", curve.get(0).get("phase").asText());
    assertTrue(curve.get(14).get("loss").asDouble() < curve.get(0).get("loss").asDouble());
    assertTrue(details().get("settled").asBoolean(), curve.toString());
    for (Row row : rows("out/clusters")) {
      assertTrue(row.getFloat(2) > 0.25f && row.getFloat(2) <= 1, row.toString());
      assertTrue(row.getFloat(4) >= 0 && row.getFloat(4) <= row.getFloat(2), row.toString());
    }
    List<Row> centroids = rows("out/centroids");
    assertEquals(4, centroids.size());
    for (Row row : centroids) {
      assertEquals(3, row.getList(row.fieldIndex("vector")).size());
      assertEquals(300L, row.<Long>getAs("size"));
      assertTrue(row.<Float>getAs("radius") > 0);
    }
  }

  @Test
  void givesNewWavesToTheClustersOfAModel() throws Exception {
    VectorWaves vectors = vectors();
    vectors.wave(List.of(VectorWaves.groups(0, 900, 3, DIMENSION, 6)));
    trained("dec", "--k", "3");
    Map<String, TreeSet<Integer>> before = clustersByGroup();
    vectors.wave(List.of(VectorWaves.groups(900, 1200, 3, DIMENSION, 6)));
    assertEquals(0, run("--assign", path("out/model.safetensors")), err::toString);
    assertEquals(1200, rows("out/clusters").size());
    assertEquals(before, clustersByGroup());
    assertTrue(details().get("beyond_radius").asDouble() < 0.1, details().toString());
  }

  @Test
  void writesAModelWhoseNetworkReadersOfSafetensorsUnderstand() throws Exception {
    vectors().wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 7)));
    trained("idec", "--k", "3");
    TensorFile file =
        TensorFile.read(Files.readAllBytes(dir.resolve("out/model.safetensors")), "model");
    assertEquals("12-24:relu,24-3:linear", file.fact("encoder"));
    assertEquals("3-24:relu,24-12:linear", file.fact("decoder"));
    float scale = Float.parseFloat(file.fact("scale"));
    float[] first = file.floats("encoder.0.weight");
    float[] firstBias = file.floats("encoder.0.bias");
    float[] second = file.floats("encoder.1.weight");
    float[] secondBias = file.floats("encoder.1.bias");
    float[] centroids = file.floats("centroids");
    Map<String, Integer> clusters = new HashMap<>();
    rows("out/clusters").forEach(row -> clusters.put(row.getString(0), row.getInt(1)));
    for (Row row : rows("vectors")) {
      List<Float> x = row.getList(row.fieldIndex("vector"));
      double[] code = new double[3];
      for (int h = 0; h < 24; h++) {
        double sum = firstBias[h];
        for (int i = 0; i < DIMENSION; i++) {
          sum += scale * x.get(i) * first[24 * i + h];
        }
        for (int j = 0; j < 3; j++) {
          code[j] += Math.max(0, sum) * second[3 * h + j];
        }
      }
      assertEquals(nearest(code, secondBias, centroids), clusters.get(row.getString(0)));
    }
  }

  private int embed(String encoder, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("embed", "--input", path("vectors")));
    args.addAll(List.of("--encoder", encoder, "--output", path(output), "--threads", "1"));
    args.addAll(List.of(more));
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  @Test
  void theModelIsAnEncoderOfVectors() throws Exception {
    VectorWaves vectors = vectors();
    vectors.wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 7)));
    trained("idec", "--k", "3");
    String model = path("out/model.safetensors");
    assertEquals(0, embed(model, "codes"), err::toString);
    vectors.wave(List.of(VectorWaves.groups(600, 700, 3, DIMENSION, 7)));
    assertEquals(0, embed(model, "codes"), err::toString);
    assertEquals(0, run("--assign", model), err::toString);
    TensorFile file =
        TensorFile.read(Files.readAllBytes(dir.resolve("out/model.safetensors")), "m");
    float[] centroids = file.floats("centroids");
    Map<String, Integer> clusters = new HashMap<>();
    rows("out/clusters").forEach(row -> clusters.put(row.getString(0), row.getInt(1)));
    List<Row> codes = rows("codes");
    assertEquals(700, codes.size());
    for (Row row : codes) {
      List<Float> code = row.getList(row.fieldIndex("vector"));
      double[] values = code.stream().mapToDouble(Float::doubleValue).toArray();
      assertEquals(nearest(values, new float[3], centroids), clusters.get(row.getString(0)));
    }
    Table table = Table.open(CONF, path("codes"));
    assertEquals(3, table.manifest().dimension());
    assertEquals("model.safetensors", table.manifest().encoder().path("uri").asText());
    assertEquals(0, embed(model, "unit", "--normalise"), err::toString);
    for (Row row : rows("unit")) {
      List<Float> code = row.getList(row.fieldIndex("vector"));
      assertEquals(1, code.stream().mapToDouble(x -> x * x).sum(), 1e-5);
    }
  }

  /** dec's autoencoder as it was before it clustered, and a head on its codes. */
  @Test
  void thePretrainedNetworkIsAnEncoderOfVectors() throws Exception {
    vectors().wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 7)));
    trained("dec", "--k", "3", "--max-refreshes", "1");
    assertEquals(0, embed(path("out/pretrained.safetensors"), "codes"), err::toString);
    assertEquals(3, Table.open(CONF, path("codes")).manifest().dimension());
    List<String> options = new ArrayList<>(List.of("--algorithm", "icon", "--threads", "1"));
    options.addAll(List.of("--k", "3", "--layers", "16", "--walk", "3", "--epochs", "3"));
    options.addAll(List.of("--batch", "64", "--seed", "2", "--learning-rate", "0.01"));
    assertEquals(0, runOn("codes", "kinds", options.toArray(String[]::new)), err::toString);
    assertGroupsAreClusters("kinds", 3);
  }

  @Test
  void aHeadGivesTheProbabilitiesOfItsClusters() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 7)));
    assertEquals(0, heads("--k", "3"), err::toString);
    assertEquals(0, embed(path("out/model.safetensors"), "codes"), err::toString);
    Map<String, Row> clusters = new HashMap<>();
    rows("out/clusters").forEach(row -> clusters.put(row.getString(0), row));
    for (Row row : rows("codes")) {
      List<Float> p = row.getList(row.fieldIndex("vector"));
      Row cluster = clusters.get(row.getString(0));
      assertEquals(cluster.getFloat(2), p.get(cluster.getInt(1)), 0f);
    }
  }

  @Test
  void refusesModelsThatAreNoEncoderOfTheseVectors() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 7)));
    assertEquals(2, embed("builtin:text", "codes"));
    assertTrue(err.toString().contains("--input is a vectors table"), err.toString());
    assertEquals(3, embed(path("none.safetensors"), "codes"));
    assertTrue(err.toString().contains("no file there"), err.toString());
    assertEquals(0, run("--k", "3"), err::toString);
    assertEquals(3, embed(path("out/model.safetensors"), "codes"));
    assertTrue(err.toString().contains("holds no network"), err.toString());
    assertEquals(0, heads("--k", "3", "--retrain"), err::toString);
    assertEquals(2, embed(path("out/model.safetensors"), "codes", "--pooling", "mean"));
    assertTrue(err.toString().contains("--pooling has no effect"), err.toString());
    new VectorWaves(path("others"), 4, "l2").wave(List.of(VectorWaves.groups(0, 30, 3, 4, 13)));
    assertEquals(
        2,
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "embed",
            "--input",
            path("others"),
            "--encoder",
            path("out/model.safetensors"),
            "--output",
            path("codes")));
    assertTrue(err.toString().contains("those of --input have 4"), err.toString());
    assertFalse(Files.exists(dir.resolve("codes")), "a table was made");
  }

  private static int nearest(double[] code, float[] bias, float[] centroids) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < 3; c++) {
      double distance = 0;
      for (int j = 0; j < 3; j++) {
        distance += Math.pow(code[j] + bias[j] - centroids[3 * c + j], 2);
      }
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private int heads(String... more) {
    List<String> options = new ArrayList<>(List.of("--algorithm", "icon", "--threads", "1"));
    options.addAll(List.of("--epochs", "3", "--batch", "64", "--seed", "2", "--heads", "4"));
    options.addAll(List.of("--learning-rate", "0.01", "--neighbours", "10"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"1,", "3,", "1,'24,16'"})
  void trainsHeadsOnVectors(String workers, String layers) throws Exception {
    VectorWaves vectors = vectors();
    vectors.wave(
        List.of(
            VectorWaves.groups(0, 300, 3, DIMENSION, 14),
            VectorWaves.groups(300, 600, 3, DIMENSION, 14)));
    List<String> options = new ArrayList<>(List.of("--k", "3", "--workers", workers));
    if (layers != null) {
      options.addAll(List.of("--layers", layers));
    }
    assertEquals(0, heads(options.toArray(String[]::new)), err::toString);
    assertGroupsAreClusters(3);
    TensorFile model =
        TensorFile.read(Files.readAllBytes(dir.resolve("out/model.safetensors")), "model");
    assertEquals(layers == null ? null : "12-24:relu,24-16:relu", model.fact("hidden"));
    assertArrayEquals(new long[] {layers == null ? DIMENSION : 16, 3}, model.shape("head.weight"));
    assertEquals("icon", details().get("algorithm").asText());
    assertEquals(4, details().get("losses").size());
    assertEquals(3, details().get("curve").size());
    for (Row row : rows("out/centroids")) {
      assertEquals(DIMENSION, row.getList(row.fieldIndex("vector")).size());
      assertEquals(200L, row.<Long>getAs("size"));
      assertTrue(row.<Float>getAs("radius") > 0 && row.<Float>getAs("radius") < 1);
    }
    Map<String, TreeSet<Integer>> before = clustersByGroup();
    vectors.wave(List.of(VectorWaves.groups(600, 900, 3, DIMENSION, 14)));
    assertEquals(0, run("--assign", path("out/model.safetensors")), err::toString);
    assertEquals(900, rows("out/clusters").size());
    assertEquals(before, clustersByGroup());
    assertTrue(details().get("beyond_radius").asDouble() < 0.1, details().toString());
  }

  @ParameterizedTest
  @CsvSource({"kmeans", "dec", "icon"})
  void retrainingKeepsNumbers(String algorithm) throws Exception {
    VectorWaves vectors = vectors();
    vectors.wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 16)));
    List<String> options = new ArrayList<>(List.of("--algorithm", algorithm, "--k", "3"));
    options.addAll(List.of("--threads", "1", "--retrain", "--keep-numbers"));
    if (!algorithm.equals("kmeans")) {
      options.addAll(List.of("--epochs", "10", "--batch", "32", "--learning-rate", "0.01"));
    }
    if (algorithm.equals("dec")) {
      options.addAll(List.of("--layers", "24,3"));
    }
    List<String> first = new ArrayList<>(options);
    first.addAll(List.of("--seed", "1"));
    assertEquals(0, run(first.toArray(String[]::new)), err::toString);
    Map<String, TreeSet<Integer>> before = clustersByGroup();
    for (int seed = 2; seed < 5; seed++) {
      vectors.wave(
          List.of(VectorWaves.groups(300 + 300 * seed, 330 + 300 * seed, 3, DIMENSION, 16)));
      List<String> again = new ArrayList<>(options);
      again.addAll(List.of("--seed", String.valueOf(seed)));
      assertEquals(0, run(again.toArray(String[]::new)), err::toString);
      assertEquals(before, clustersByGroup(), "seed " + seed);
      assertTrue(details().get("same_number").asDouble() > 0.99, details().toString());
      assertEquals(0, run(again.toArray(String[]::new)), err::toString);
      assertTrue(details().get("same_number") == null, "there is nothing to do the second time");
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void drawsCodesToNoise(String workers) throws Exception {
    VectorWaves vectors = vectors();
    vectors.wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 15)));
    trained("nat", "--k", "3", "--workers", workers);
    assertEquals("nat", details().get("algorithm").asText());
    JsonNode curve = details().get("curve");
    assertEquals(15, curve.size());
    assertTrue(curve.get(14).get("loss").asDouble() < curve.get(0).get("loss").asDouble());
    long sizes = rows("out/centroids").stream().mapToLong(row -> row.<Long>getAs("size")).sum();
    assertEquals(600, sizes);
    String codes = path("codes");
    assertEquals(
        0,
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "embed",
            "--input",
            path("vectors"),
            "--encoder",
            path("out/model.safetensors"),
            "--output",
            codes),
        err::toString);
    for (Row row : rows("codes")) {
      double square = 0;
      for (Object value : row.getList(row.fieldIndex("vector"))) {
        square += Math.pow((Float) value, 2);
      }
      assertEquals(1, square, 1e-4, "codes lie on a sphere");
    }
    vectors.wave(List.of(VectorWaves.groups(600, 900, 3, DIMENSION, 15)));
    assertEquals(0, run("--assign", path("out/model.safetensors")), err::toString);
    assertEquals(900, rows("out/clusters").size());
  }

  @Test
  void refusesOptionsThatDontFitHeads() {
    vectors().wave(List.of(VectorWaves.groups(0, 30, 3, DIMENSION, 10)));
    for (String[] wrong :
        List.of(
            new String[] {"--restarts goes with --algorithm kmeans, dec", "--restarts", "4"},
            new String[] {"--tolerance goes with --algorithm kmeans, dec", "--tolerance", "0.1"},
            new String[] {"--debias must be from 0 to below 1", "--debias", "1"},
            new String[] {"--walk must be from 1 to 1000", "--walk", "0"},
            new String[] {"--layers must be widths from 1 to 65536", "--layers", "0"},
            new String[] {"--gamma goes with --algorithm idec", "--gamma", "1"},
            new String[] {"--workers 3 with --neighbours 10", "--workers", "3"})) {
      assertEquals(2, heads("--k", "3", wrong[1], wrong[2]), err::toString);
      assertTrue(err.toString().contains(wrong[0]), err.toString());
      assertFalse(Files.exists(dir.resolve("out/clusters")), "a table was made");
    }
  }

  @Test
  void startsFromANetworkThatIsTrainedAlready() throws Exception {
    vectors().wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 12)));
    trained("dec", "--k", "3");
    String network = "file:" + path("out/pretrained.safetensors");
    List<String> again = List.of("--epochs", "0", "--layers", "24,3", "--batch", "32");
    List<String> options = new ArrayList<>(List.of("--algorithm", "dec", "--k", "3"));
    options.addAll(again);
    options.addAll(List.of("--start", network, "--seed", "2", "--threads", "1", "--retrain"));
    assertEquals(0, run(options.toArray(String[]::new)), err::toString);
    assertEquals("cluster", details().get("curve").get(0).get("phase").asText());
    assertEquals(600, rows("out/clusters").size());
    assertGroupsAreClusters(3);
    out.getBuffer().setLength(0);
    assertEquals(0, run(options.toArray(String[]::new)), err::toString);
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
    options.set(options.indexOf("24,3"), "24,4");
    assertEquals(2, run(options.toArray(String[]::new)));
    assertTrue(err.toString().contains("a network of widths [12, 24, 3]"), err.toString());
  }

  @Test
  void hasNothingToDoTheSecondTime() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 8)));
    trained("dec", "--k", "3", "--max-refreshes", "2");
    trained("dec", "--k", "3", "--max-refreshes", "2");
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
    assertEquals(2, train("dec", "--k", "3", "--max-refreshes", "3"));
    assertTrue(err.toString().contains("--retrain"), err.toString());
    err.getBuffer().setLength(0);
    assertEquals(2, train("dec", "--k", "3", "--max-refreshes", "2", "--schedule", "constant"));
    assertTrue(err.toString().contains("--retrain"), err.toString());
    String[] constant = {"--k", "3", "--max-refreshes", "2", "--schedule", "constant", "--retrain"};
    assertEquals(0, train("dec", constant), err::toString);
  }

  @Test
  void aLongerWalkIsAnotherClustering() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 8)));
    assertEquals(0, heads("--k", "3", "--walk", "2"), err::toString);
    assertEquals(0, heads("--k", "3", "--walk", "2"), err::toString);
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
    assertEquals(2, heads("--k", "3", "--walk", "3"));
    assertTrue(err.toString().contains("--retrain"), err.toString());
  }

  @Test
  void aLossThatIsNoNumberEndsTheRunWithItsStepAndNoTable() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 9)));
    assertEquals(4, train("dec", "--k", "3", "--clustering-rate", "1e30"), err::toString);
    assertTrue(err.toString().matches("(?s).*the loss is .* at step .* worker 0.*"), err::toString);
    assertEquals(0, rows("out/clusters").size());
    assertFalse(Files.exists(dir.resolve("out/model.safetensors")));
  }

  private void assertRefused(int code, String message, String algorithm, String... options) {
    assertEquals(code, train(algorithm, options), err::toString);
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(Files.exists(dir.resolve("out/clusters")), "a table was made");
  }

  @Test
  void refusesOptionsThatDontFit() {
    vectors().wave(List.of(VectorWaves.groups(0, 100, 3, DIMENSION, 10)));
    assertRefused(2, "--gamma goes with --algorithm idec", "dec", "--k", "3", "--gamma", "1");
    assertRefused(2, "--schedule goes with", "icon", "--k", "3", "--schedule", "cosine");
    assertRefused(
        2, "--layers goes with --algorithm dec, idec, depict, icon, nat", "kmeans", "--k", "3");
    assertRefused(2, "--levels", "dec", "--levels", "4,2");
    assertRefused(2, "--init goes with", "dec", "--k", "3", "--init", "random");
    assertRefused(2, "--max-iterations goes with", "icon", "--k", "3", "--max-iterations", "9");
    assertRefused(2, "--dropout 0.3 is of --layer-epochs", "dec", "--k", "3", "--dropout", "0.3");
    assertRefused(2, "--metric cosine", "dec", "--k", "3", "--metric", "cosine");
    assertRefused(2, "--k must be at least 2", "dec", "--k", "1");
    assertRefused(
        2,
        "--workers 51: 100 rows are fewer than a step of 2",
        "dec",
        "--k",
        "3",
        "--workers",
        "51");
    assertRefused(2, "--k 101: the 100 vectors", "dec", "--k", "101");
    assertRefused(
        2,
        "--algorithm must be one of [kmeans, dec, idec, depict, icon, nat, lls], got som",
        "som",
        "--k",
        "3");
  }

  @Test
  void refusesVectorsThatAreNoPixelsBeforeATableIsMade() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 9)));
    assertEquals(2, run("--algorithm", "depict", "--k", "3"));
    assertTrue(err.toString().contains("depict reads pixels"), err.toString());
    assertFalse(Files.exists(dir.resolve("out/clusters")), "a table was made");
  }

  @Test
  void refusesTermsOfWhichDepictMakesNothingBeforeFeaturesAreMade() {
    int code =
        runOn("items", "out", "--algorithm", "depict", "--features", "tfidf:200", "--k", "3");
    assertEquals(2, code);
    assertTrue(err.toString().contains("--features tfidf with --algorithm depict"), err::toString);
    assertFalse(Files.exists(dir.resolve("out")), "something was written");
  }

  @Test
  void refusesToStartFromAModelWithoutAnAutoencoder() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 12)));
    assertEquals(0, run("--k", "3"), err::toString);
    String model = path("out/model.safetensors");
    assertEquals(2, runOn("vectors", "other", "--algorithm", "dec", "--k", "3", "--start", model));
    assertTrue(
        err.toString().contains("no autoencoder is in it (a model of kmeans)"), err::toString);
  }

  @Test
  void refusesToAverageOneWorkerWithItself() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 12)));
    assertEquals(2, train("dec", "--k", "3", "--averages", "4"));
    assertTrue(err.toString().contains("--averages 4 is of several workers"), err::toString);
  }

  @Test
  void saysWhereTheNetworkOfAFailedClusteringIs() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 12)));
    assertEquals(4, train("dec", "--k", "3", "--clustering-rate", "1e20"));
    String[] words = err.toString().strip().split(" ");
    int at = Arrays.asList(words).lastIndexOf("--start");
    assertTrue(at > 0, err::toString);
    String network = words[at + 1];
    assertEquals(
        0,
        runOn(
            "vectors",
            "other",
            "--algorithm",
            "dec",
            "--layers",
            "24,3",
            "--batch",
            "32",
            "--k",
            "3",
            "--start",
            network),
        err::toString);
  }

  /** Codes that say nothing are not silent. */
  @Test
  void saysWhatAnAutoencoderGivesBack() throws Exception {
    vectors().wave(List.of(VectorWaves.groups(0, 600, 3, DIMENSION, 12)));
    trained("dec", "--k", "3");
    assertTrue(details().get("explained_variance").asDouble() > 0.8, details().toString());
    assertFalse(out.toString().contains("gives back only"), out::toString);
    runOn(
        "vectors",
        "little",
        "--algorithm",
        "dec",
        "--layers",
        "24,3",
        "--epochs",
        "1",
        "--batch",
        "300",
        "--learning-rate",
        "1e-6",
        "--k",
        "3");
    assertTrue(out.toString().contains("gives back only"), out::toString);
    assertTrue(details().get("explained_variance").asDouble() < 0.1, details().toString());
  }

  /** Most of the rows may belong together. */
  @ParameterizedTest
  @ValueSource(strings = {"dec", "icon"})
  void findsASmallGroupBesideALargeOne(String algorithm) {
    VectorWaves.Part all = VectorWaves.groups(0, 2000, 2, DIMENSION, 14);
    List<String> ids = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (i % 2 == 0 || i < 120) {
        ids.add(all.ids().get(i));
        rows.add(all.vectors()[i]);
      }
    }
    vectors().wave(List.of(new VectorWaves.Part(ids, rows.toArray(float[][]::new))));
    if (algorithm.equals("dec")) {
      trained("dec", "--k", "2", "--max-refreshes", "1");
    } else {
      assertEquals(0, run("--algorithm", "icon", "--k", "2", "--epochs", "5"), err::toString);
    }
    assertGroupsAreClusters(2);
  }

  @Test
  void refusesAModelOfAnotherDimension() {
    vectors().wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 11)));
    trained("dec", "--k", "3", "--max-refreshes", "1");
    new VectorWaves(path("others"), 4, "l2").wave(List.of(VectorWaves.groups(0, 30, 3, 4, 13)));
    assertEquals(
        2,
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "cluster",
            "--input",
            path("others"),
            "--assign",
            path("out/model.safetensors"),
            "--output",
            path("other")));
    assertTrue(err.toString().contains("a model of dimension 12"), err.toString());
  }
}
