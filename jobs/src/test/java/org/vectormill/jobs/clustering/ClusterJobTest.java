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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

/** The cluster job through its command line, on small tables whose groups are known. */
class ClusterJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    return runOf(path("vectors"), options);
  }

  private int runOf(String input, String... options) {
    List<String> args = new ArrayList<>(List.of("cluster", "--input", input));
    args.addAll(List.of("--result", path("result.json")));
    args.addAll(List.of(options));
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  private void cluster(String... options) {
    assertEquals(0, run(options), err::toString);
  }

  private JsonNode result() throws Exception {
    return new ObjectMapper().readTree(dir.resolve("result.json").toFile());
  }

  private VectorWaves vectors(String metric) {
    return new VectorWaves(path("vectors"), 6, metric);
  }

  private List<Row> rows(String table, String order) {
    return Table.open(CONF, path(table)).current(spark).orderBy(order).collectAsList();
  }

  /** Clusters of each group that the ids name. */
  private Map<String, TreeMap<Integer, Integer>> clustersByGroup() {
    Map<String, TreeMap<Integer, Integer>> found = new TreeMap<>();
    for (Row row : rows("out/clusters", "id")) {
      found
          .computeIfAbsent(row.getString(0).split("-")[0], group -> new TreeMap<>())
          .merge(row.getInt(1), 1, Integer::sum);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"cosine,auto", "l2,auto", "l2,kmeans++"})
  void findsTheGroupsOfFarApartRows(String metric, String init) throws Exception {
    vectors(metric)
        .wave(
            List.of(VectorWaves.groups(0, 1500, 5, 6, 1), VectorWaves.groups(1500, 2000, 5, 6, 1)));
    cluster("--k", "5", "--output", path("out"), "--init", init, "--restarts", "4");
    Map<String, TreeMap<Integer, Integer>> groups = clustersByGroup();
    assertEquals(5, groups.size());
    assertEquals(5, groups.values().stream().flatMap(g -> g.keySet().stream()).distinct().count());
    groups.values().forEach(group -> assertEquals(List.of(400), List.copyOf(group.values())));
    List<Row> centroids = rows("out/centroids", "cluster");
    assertEquals(5, centroids.size());
    centroids.forEach(row -> assertEquals(400, row.<Long>getAs("size")));
    assertEquals(2000, result().get("written").asInt());
    JsonNode curve = result().get("details").get("inertia_curve");
    for (int i = 1; i < curve.size(); i++) {
      assertTrue(curve.get(i).asDouble() <= curve.get(i - 1).asDouble() * (1 + 1e-6), "" + curve);
    }
  }

  /** A schedule may name the table otherwise than the shell did. */
  @Test
  void theSameInputWrittenOtherwiseIsTheSameRun() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 300, 3, 6, 2)));
    String[] options = {"--k", "3", "--output", path("out")};
    cluster(options);
    assertEquals(0, runOf("file://" + path("other/../vectors/"), options), err::toString);
    assertEquals(1, Table.open(CONF, path("out/clusters")).waves().size());
  }

  @Test
  void leavesNothingInSparksStorage() {
    Set<Integer> before = persisted();
    vectors("l2").wave(List.of(VectorWaves.groups(0, 300, 3, 6, 2)));
    cluster("--k", "3", "--output", path("out"));
    assertEquals(before, persisted());
    vectors("l2").wave(List.of(VectorWaves.groups(300, 400, 3, 6, 2)));
    cluster("--assign", path("out/model.safetensors"), "--output", path("out"));
    assertEquals(before, persisted());
  }

  @Test
  void writesScoresMarginsAndRadiiThatFitTogether() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 600, 3, 6, 2)));
    cluster("--k", "3", "--output", path("out"), "--restarts", "5");
    Map<Integer, Row> centroids = new TreeMap<>();
    rows("out/centroids", "cluster").forEach(row -> centroids.put(row.getAs("cluster"), row));
    Map<String, List<Float>> vectors = new TreeMap<>();
    rows("vectors", "id").forEach(row -> vectors.put(row.getString(0), row.getList(3)));
    Map<Integer, Double> furthest = new TreeMap<>();
    for (Row row : rows("out/clusters", "id")) {
      List<Float> vector = vectors.get(row.getString(0));
      double first = distance(vector, centroids.get(row.getInt(1)).getList(2));
      double second = distance(vector, centroids.get(row.getInt(3)).getList(2));
      assertEquals(-first, row.getFloat(2), 1e-4);
      assertEquals(second - first, row.getFloat(4), 1e-4);
      furthest.merge(row.getInt(1), first, Math::max);
    }
    furthest.forEach(
        (cluster, radius) ->
            assertEquals(radius, centroids.get(cluster).<Float>getAs("radius"), 1e-4));
  }

  @Test
  void saysWhatEachClusterIs() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 600, 3, 6, 2)));
    cluster("--k", "3", "--output", path("out"), "--restarts", "5");
    Map<String, Row> metrics = new TreeMap<>();
    rows("out/metrics", "id").forEach(row -> metrics.put(row.getString(0), row));
    double inertia = result().get("details").get("inertia").asDouble();
    int last = result().get("details").get("iterations").asInt() - 1;
    assertEquals(inertia, value(metrics, "inertia/iteration=" + last), 1e-3 * inertia);
    for (int c = 0; c < 3; c++) {
      String slice = "/cluster=" + c;
      int cluster = c;
      List<Row> own =
          rows("out/clusters", "id").stream().filter(row -> row.getInt(1) == cluster).toList();
      assertEquals(own.size(), value(metrics, "size" + slice));
      float best = own.stream().map(row -> row.getFloat(2)).max(Float::compare).orElseThrow();
      assertEquals(best, value(metrics, "medoid" + slice));
      String medoid = metrics.get("medoid" + slice).<String, String>getJavaMap(7).get("id");
      assertEquals(
          best,
          own.stream().filter(r -> r.getString(0).equals(medoid)).findFirst().get().getFloat(2));
      float margin = own.stream().map(row -> row.getFloat(4)).min(Float::compare).orElseThrow();
      assertEquals(margin, value(metrics, "hardest" + slice));
      double mean = own.stream().mapToDouble(row -> row.getFloat(2)).average().orElseThrow();
      assertEquals(mean, value(metrics, "mean_score" + slice), 1e-5);
      String nearest = metrics.get("nearest" + slice).<String, String>getJavaMap(7).get("cluster");
      String next =
          metrics.get("nearest" + slice + "/rank=2").<String, String>getJavaMap(7).get("cluster");
      assertEquals(Set.of("0", "1", "2"), Set.of("" + c, nearest, next));
      assertTrue(
          value(metrics, "nearest" + slice) <= value(metrics, "nearest" + slice + "/rank=2"));
      List<Float> margins = own.stream().map(row -> row.getFloat(4)).sorted().limit(5).toList();
      for (int rank = 2; rank <= 5; rank++) {
        assertEquals(
            (double) margins.get(rank - 1), value(metrics, "hardest" + slice + "/rank=" + rank));
      }
      assertFalse(metrics.containsKey("hardest" + slice + "/rank=6"));
    }
    cluster("--k", "2", "--retrain", "--output", path("out"));
    assertEquals(
        2, rows("out/metrics", "id").stream().filter(r -> r.getString(1).equals("size")).count());
  }

  private static double value(Map<String, Row> metrics, String id) {
    return metrics.get(id).getDouble(3);
  }

  private static double distance(List<Float> a, List<Float> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += Math.pow(a.get(i) - b.get(i), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void hasNothingToDoTheSecondTimeAndAsksBeforeItReplaces() {
    vectors("cosine").wave(List.of(VectorWaves.groups(0, 300, 3, 6, 3)));
    cluster("--k", "3", "--output", path("out"));
    cluster("--k", "3", "--output", path("out"));
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
    assertEquals(2, run("--k", "4", "--output", path("out")));
    assertTrue(err.toString().contains("--retrain"), err.toString());
    assertEquals(1, Table.open(CONF, path("out/clusters")).lastWave());
    cluster("--k", "2", "--retrain", "--output", path("out"));
    assertEquals(300, rows("out/clusters", "id").size());
    assertEquals(2, rows("out/centroids", "id").size());
  }

  @Test
  void takesChangedRowsOnceAndDropsVanishedOnesOnRetraining() {
    VectorWaves vectors = vectors("l2");
    VectorWaves.Part all = VectorWaves.groups(0, 300, 3, 6, 4);
    vectors.wave(List.of(all));
    VectorWaves.Part changed =
        new VectorWaves.Part(
            all.ids().subList(0, 30), VectorWaves.groups(1, 31, 3, 6, 5).vectors());
    vectors.wave(List.of(changed), changed.ids().toArray(String[]::new));
    cluster("--k", "3", "--output", path("out"), "--restarts", "5");
    assertEquals(300, rows("out/clusters", "id").size());
    // The changed rows have vectors of the next group now.
    Map<String, TreeMap<Integer, Integer>> groups = clustersByGroup();
    groups.values().forEach(group -> assertEquals(List.of(10, 90), sorted(group)));
  }

  private static List<Integer> sorted(TreeMap<Integer, Integer> counts) {
    return counts.values().stream().sorted().toList();
  }

  @Test
  void givesNewWavesToTheClustersOfAModelAndReportsDrift() throws Exception {
    VectorWaves vectors = vectors("l2");
    vectors.wave(List.of(VectorWaves.groups(0, 600, 3, 6, 6)));
    cluster("--k", "3", "--output", path("out"), "--restarts", "5");
    Map<String, TreeMap<Integer, Integer>> before = clustersByGroup();
    vectors.wave(List.of(VectorWaves.groups(600, 900, 3, 6, 6)));
    String model = path("out/model.safetensors");
    cluster("--assign", model, "--output", path("out"));
    assertEquals(300, result().get("written").asInt());
    assertEquals(600, result().get("already_done").asInt());
    assertTrue(result().get("details").get("beyond_radius").asDouble() < 0.05);
    assertEquals(0, result().get("details").get("size_change").asDouble(), 1e-9);
    Map<String, TreeMap<Integer, Integer>> after = clustersByGroup();
    before.forEach((group, counts) -> assertEquals(counts.keySet(), after.get(group).keySet()));
    VectorWaves.Part far = VectorWaves.groups(900, 1000, 1, 6, 6);
    for (float[] vector : far.vectors()) {
      vector[0] += 100;
    }
    vectors.wave(List.of(far));
    cluster("--assign", model, "--output", path("out"));
    assertEquals(1, result().get("details").get("beyond_radius").asDouble());
    assertTrue(result().get("details").get("size_change").asDouble() > 0.6);
    cluster("--assign", model, "--output", path("out"));
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
  }

  @Test
  void givesTheSameRowsToTheSameClustersInAnotherDirectory() {
    vectors("cosine").wave(List.of(VectorWaves.groups(0, 500, 4, 6, 7)));
    cluster("--k", "4", "--output", path("out"));
    cluster("--assign", path("out/model.safetensors"), "--output", path("other"));
    assertEquals(rows("out/clusters", "id"), rows("other/clusters", "id"));
    assertFalse(Files.exists(dir.resolve("other/centroids")));
  }

  @Test
  void clustersByMiniBatches() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 3000, 4, 6, 8)));
    cluster(
        "--k",
        "4",
        "--output",
        path("out"),
        "--init",
        "kmeans++",
        "--batch-rows",
        "300",
        "--max-iterations",
        "20");
    assertEquals(4, clustersByGroup().size());
    clustersByGroup().values().forEach(group -> assertEquals(List.of(750), sorted(group)));
  }

  @Test
  void rejectsVectorsThatAreNotFiniteOrHaveNoDirection() throws Exception {
    VectorWaves.Part part = VectorWaves.groups(0, 100, 2, 6, 9);
    part.vectors()[3][2] = Float.NaN;
    part.vectors()[4] = new float[6];
    vectors("cosine").wave(List.of(part));
    cluster("--k", "2", "--output", path("out"));
    assertEquals(98, result().get("written").asInt());
    assertEquals(1, result().get("rejects_by_reason").get("not_finite").asInt());
    assertEquals(1, result().get("rejects_by_reason").get("zero_vector").asInt());
    assertEquals(4, run("--k", "2", "--output", path("gated"), "--max-reject-ratio", "0.01"));
    assertFalse(Files.exists(dir.resolve("gated/model.safetensors")));
    assertEquals(0, rows("gated/centroids", "id").size());
  }

  private void assertRefused(int code, String message, String... options) {
    assertEquals(code, run(options), err::toString);
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(Files.exists(dir.resolve("out/clusters")), "a table was made");
  }

  @Test
  void refusesMoreClustersThanDistinctVectors() {
    VectorWaves.Part part = VectorWaves.groups(0, 90, 3, 6, 10);
    for (int i = 0; i < 90; i++) {
      part.vectors()[i] = part.vectors()[i % 7];
    }
    vectors("l2").wave(List.of(part));
    assertRefused(2, "--k 8: the 90 vectors", "--k", "8", "--output", path("out"));
    cluster("--k", "7", "--output", path("out"));
    rows("out/centroids", "id").forEach(row -> assertEquals(0f, row.<Float>getAs("radius")));
  }

  @Test
  void refusesVectorsThatAreAllEqual() {
    VectorWaves.Part part = VectorWaves.groups(0, 90, 3, 6, 11);
    for (int i = 0; i < 90; i++) {
      part.vectors()[i] = part.vectors()[0];
    }
    vectors("l2").wave(List.of(part));
    assertRefused(3, "all 90 vectors are equal", "--k", "2", "--output", path("out"));
  }

  @Test
  void refusesATableWithoutRows() {
    vectors("l2").wave(List.of());
    assertRefused(3, "the table has no rows", "--k", "2", "--output", path("out"));
  }

  @Test
  void refusesVectorsOfOneDirectionWhereDirectionsAreCompared() {
    VectorWaves.Part part = VectorWaves.groups(0, 90, 3, 6, 16);
    for (int i = 1; i < 90; i++) {
      for (int j = 0; j < 6; j++) {
        part.vectors()[i][j] = part.vectors()[0][j] * (1 + i / 10f);
      }
    }
    vectors("cosine").wave(List.of(part));
    assertRefused(3, "all 90 vectors are equal", "--k", "2", "--output", path("out"));
  }

  @Test
  void rejectsVectorsTooLongForDistances() throws Exception {
    VectorWaves.Part part = VectorWaves.groups(0, 100, 2, 6, 17);
    part.vectors()[3][2] = 1e25f;
    part.vectors()[5][2] = 9e17f;
    vectors("l2").wave(List.of(part));
    cluster("--k", "3", "--output", path("out"));
    assertEquals(99, result().get("written").asInt());
    assertEquals(1, result().get("rejects_by_reason").get("not_finite").asInt());
    for (float[] row : part.vectors()) {
      row[0] = 3e30f;
    }
    new VectorWaves(path("long"), 6, "l2").wave(List.of(part));
    assertEquals(3, runOf(path("long"), "--k", "3", "--output", path("none")));
    assertTrue(err.toString().contains("none of its 100 vectors can be clustered"), err::toString);
  }

  /** Cosines near 1 are few as floats: rows of one vector differ from its mean in the last one. */
  @ParameterizedTest
  @ValueSource(strings = {"cosine", "l2"})
  void noRowThatAModelWasMadeOfIsBeyondItsRadius(String metric) throws Exception {
    VectorWaves.Part part = VectorWaves.groups(0, 900, 3, 6, 18);
    for (int i = 0; i < 900; i++) {
      part.vectors()[i] = part.vectors()[i % 30];
    }
    vectors(metric).wave(List.of(part));
    cluster("--k", "30", "--output", path("out"));
    cluster("--assign", path("out/model.safetensors"), "--output", path("other"));
    assertEquals(0, result().get("details").get("beyond_radius").asDouble());
  }

  @Test
  void refusesToStartFromCentroidsThatAreNoNumbers() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 19)));
    float[] values = new float[18];
    values[7] = Float.NaN;
    Files.write(dir.resolve("start"), new TensorFile().put("centroids", values, 3, 6).write());
    assertRefused(
        3, "value 7 is NaN", "--k", "3", "--start", path("start"), "--output", path("out"));
  }

  @Test
  void refusesTheInputsDirectoryHoweverItIsWritten() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 20)));
    assertRefused(2, "--output is the same as", "--k", "3", "--output", path("vectors") + "/");
    assertRefused(2, "--output is the same as", "--k", "3", "--output", path("a/../vectors"));
  }

  @Test
  void refusesAnOutputBelowAFileForGood() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 21)));
    Files.writeString(dir.resolve("file"), "text");
    assertRefused(2, "name another directory", "--k", "3", "--output", path("file/out"));
  }

  @Test
  void refusesFilesOfAnotherDimensionThanTheTable() {
    VectorWaves vectors = vectors("l2");
    vectors.wave(List.of(VectorWaves.groups(0, 30, 3, 6, 12)));
    vectors.wrongWave(5, VectorWaves.groups(30, 60, 3, 5, 12));
    assertRefused(3, "dimension 5, expected 6", "--k", "2", "--output", path("out"));
  }

  @Test
  void refusesAModelOfAnotherDimension() {
    new VectorWaves(path("others"), 4, "l2").wave(List.of(VectorWaves.groups(0, 30, 3, 4, 13)));
    assertEquals(
        0,
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "cluster",
            "--input",
            path("others"),
            "--k",
            "2",
            "--output",
            path("other")),
        err::toString);
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 13)));
    assertRefused(
        2,
        "a model of dimension 4",
        "--assign",
        path("other/model.safetensors"),
        "--output",
        path("out"));
  }

  @Test
  void startsFromTheCentroidsOfAFileAndSeesThatItChanged() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 14)));
    String[] options = {
      "--k", "3", "--start", path("start"), "--max-iterations", "1", "--output", path("out")
    };
    Files.write(dir.resolve("start"), centroids("start", 0));
    cluster(options);
    out.getBuffer().setLength(0);
    cluster(options);
    assertTrue(out.toString().contains("Nothing to do"), out.toString());
    Files.write(dir.resolve("start"), centroids("start", 5));
    assertEquals(2, run(options), err::toString);
    assertTrue(err.toString().contains("clusters of other rows or options"), err.toString());
  }

  @Test
  void refusesAStartOfAnotherEncoder() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 14)));
    Files.write(dir.resolve("start"), centroids("encoder_fingerprint", 0));
    assertRefused(
        2,
        "made of vectors of encoder",
        "--k",
        "3",
        "--start",
        path("start"),
        "--output",
        path("out"));
  }

  /** Three centroids of six components; a fact says whose. */
  private static byte[] centroids(String fact, int first) {
    float[] values = new float[18];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return new TensorFile().fact(fact, "another").put("centroids", values, 3, 6).write();
  }

  @Test
  void refusesAModelThatIsNone() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 14)));
    assertRefused(3, "no file there", "--assign", path("none"), "--output", path("out"));
    Files.writeString(dir.resolve("text"), "not a model, but longer than eight bytes");
    assertRefused(
        3, "is not a safetensors file", "--assign", path("text"), "--output", path("out"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--k 0",
        "--k 2 --restarts 0",
        "--k 2 --init best",
        "--k 2 --metric l1",
        "--k 2 --tolerance -1",
        "--k 2 --device tpu",
        "--k 2 --assign m",
        "--k 2 --join-within -1",
        "--k 2 --probes 4",
        "--k 2 --approximate --probes 1",
        "--k 2 --approximate --balanced 2",
        "--k 2 --keep-numbers",
        "--k 2 --k-range 2,3",
        "--k 2 --level-method average",
        "--levels 2 --level-method average",
        "--k auto --start m",
        "--k 2 --start m --init random",
        "--k 2 --batch-rows 10 --tolerance 0.1",
        "--k 2 --algorithm dec --start m --learning-rate 0.1",
        "--k 2 --algorithm idec --start m --schedule constant",
        "--k 2 --algorithm depict --neighbours 4",
        "--k 2 --algorithm depict --walk 4",
        "--k 2 --algorithm depict --heads 0",
        "--k 2 --algorithm depict --heads 4 --restarts 3",
        "--k 2 --algorithm depict --debias 0.5",
        "--algorithm bogus --assign m",
        "--metric l2 --assign m",
        "--balanced 2 --assign m",
        "--workers 2 --assign m",
        "--max-iterations 5"
      })
  void refusesOptionsThatMakeNoSense(String options) {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.addAll(List.of("--output", path("out")));
    assertRefused(2, "--", all.toArray(String[]::new));
  }

  @Test
  void aGpuThatIsNotThereIsSaidBeforeAnythingIsRead() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 15)));
    String[] options = {"--k", "3", "--output", path("out"), "--device", "gpu:999", "--dry-run"};
    assertRefused(5, "--device gpu:999", options);
  }

  @Test
  void plansWithoutTouchingAnything() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 30, 3, 6, 15)));
    cluster("--k", "3", "--output", path("out"), "--dry-run");
    assertTrue(out.toString().contains("Plan: 30 vectors of dimension 6 into 3"), out.toString());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @Test
  void joinsClustersWhoseCentroidsAreNear() {
    // Twelve groups in three far apart groups of groups.
    VectorWaves.Part part = VectorWaves.groups(0, 1200, 12, 6, 17);
    for (int i = 0; i < 1200; i++) {
      part.vectors()[i][0] += i % 3 * 100;
    }
    vectors("l2").wave(List.of(part));
    cluster("--k", "12", "--join-within", "40", "--output", path("out"), "--restarts", "5");
    List<Row> above =
        rows("out/centroids", "id").stream()
            .filter(row -> row.<Integer>getAs("level") == 1)
            .toList();
    assertEquals(3, above.size());
    above.forEach(row -> assertEquals(400, row.<Long>getAs("size")));
  }

  @Test
  void anApproximateSearchSaysHowOftenItAgrees() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 3000, 100, 6, 18)));
    cluster("--k", "100", "--approximate", "--probes", "4", "--output", path("out"));
    double agreement = result().get("details").get("approximate_agreement").asDouble();
    assertTrue(agreement > 0.95 && agreement <= 1, "agreement " + agreement);
    vectors("l2").wave(List.of(VectorWaves.groups(3000, 3100, 100, 6, 18)));
    cluster("--assign", path("out/model.safetensors"), "--approximate", "--output", path("out"));
    assertTrue(result().get("details").get("approximate_agreement").asDouble() > 0.95);
    assertEquals(3100, rows("out/clusters", "id").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kmeans", "average"})
  void buildsATreeOfLevels(String method) {
    // Twelve groups in three far apart groups of groups.
    VectorWaves.Part part = VectorWaves.groups(0, 1200, 12, 6, 17);
    for (int i = 0; i < 1200; i++) {
      part.vectors()[i][0] += i % 3 * 100;
    }
    vectors("l2").wave(List.of(part));
    cluster(
        "--levels", "12,3", "--level-method", method, "--output", path("out"), "--restarts", "5");
    Map<Integer, Row> lowest = new TreeMap<>();
    long[] sizes = new long[3];
    for (Row row : rows("out/centroids", "id")) {
      if (row.<Integer>getAs("level") == 0) {
        lowest.put(row.getAs("cluster"), row);
        sizes[row.<Integer>getAs("parent")] += row.<Long>getAs("size");
      } else {
        assertEquals(400, row.<Long>getAs("size"));
        assertTrue(row.isNullAt(row.fieldIndex("parent")));
        assertTrue(row.<Float>getAs("radius") < 60, row.toString());
      }
    }
    assertEquals(12, lowest.size());
    assertArrayEquals(new long[] {400, 400, 400}, sizes);
    assertEquals(2, run("--levels", "3,12", "--output", path("other")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"l2", "cosine"})
  void boundsTheSizeOfClusters(String metric) throws Exception {
    VectorWaves.Part part = VectorWaves.groups(0, 2000, 1, 6, 18);
    vectors(metric).wave(List.of(part));
    cluster("--k", "8", "--output", path("out"), "--balanced", "1.1");
    long[] sizes = new long[8];
    rows("out/clusters", "id").forEach(row -> sizes[row.getInt(1)]++);
    for (long size : sizes) {
      assertTrue(size <= 275, java.util.Arrays.toString(sizes));
    }
    rows("out/centroids", "cluster")
        .forEach(row -> assertEquals(sizes[row.getInt(1)], row.<Long>getAs("size")));
    assertEquals(
        8, ModelFile.read(path("out/model.safetensors"), CONF).centroids().penalties().length);
    cluster("--assign", path("out/model.safetensors"), "--output", path("other"));
    assertEquals(rows("out/clusters", "id"), rows("other/clusters", "id"));
  }

  /** 1.2 times 41 / 8 is 6.15, so seven rows are too many. */
  @Test
  void ofFewRowsTheBoundIsAWholeNumberBelowIt() {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 41, 1, 6, 18)));
    cluster("--k", "8", "--output", path("out"), "--balanced", "1.2");
    long[] sizes = new long[8];
    rows("out/clusters", "id").forEach(row -> sizes[row.getInt(1)]++);
    assertTrue(Arrays.stream(sizes).max().orElseThrow() <= 6, Arrays.toString(sizes));
  }

  @Test
  void saysWhereABoundCantBeReached() {
    VectorWaves.Part part = VectorWaves.groups(0, 100, 2, 6, 19);
    for (int i = 10; i < 100; i++) {
      part.vectors()[i] = part.vectors()[9];
    }
    vectors("l2").wave(List.of(part));
    assertEquals(4, run("--k", "2", "--output", path("out"), "--balanced", "1.2"));
    assertTrue(err.toString().contains("--balanced 1.2"), err.toString());
    assertEquals(0, Table.open(CONF, path("out/clusters")).lastWave());
  }

  @Test
  void choosesTheNumberOfGroupsThatThereAre() throws Exception {
    vectors("l2").wave(List.of(VectorWaves.groups(0, 600, 5, 6, 20)));
    cluster("--k", "auto", "--k-range", "8,3,5,500", "--output", path("out"));
    assertEquals(5, result().get("details").get("k").asInt());
    JsonNode choice = result().get("details").get("choice_of_k");
    assertEquals(3, choice.size(), "500 clusters are too many for 600 rows");
    JsonNode five = choice.get(1);
    assertEquals(5, five.get("k").asInt());
    assertEquals(1, five.get("stability").asDouble(), 1e-9);
    for (JsonNode one : List.of(choice.get(0), choice.get(2))) {
      assertTrue(one.get("davies_bouldin").asDouble() > five.get("davies_bouldin").asDouble());
    }
    assertEquals(5, clustersByGroup().size());
  }

  @Test
  void savesAModelThatSaysWhatItIs() throws Exception {
    vectors("cosine").wave(List.of(VectorWaves.groups(0, 300, 3, 6, 16)));
    cluster("--k", "3", "--output", path("out"));
    ClusterModel model = ModelFile.read(path("out/model.safetensors"), CONF);
    assertEquals("e6", model.encoder());
    assertEquals(300, java.util.Arrays.stream(model.sizes()).sum());
    float[] first = new float[6];
    List<Float> vector = rows("out/centroids", "cluster").get(0).getList(2);
    for (int i = 0; i < 6; i++) {
      first[i] = vector.get(i);
    }
    assertArrayEquals(first, model.centroids().row(0));
  }
}
