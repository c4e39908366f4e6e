package org.vectormill.jobs.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.jobs.failure.ChildRun;
import org.vectormill.jobs.failure.TableContent;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectormillException;

/** What holds for tables in every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {
  private static final int ITEMS = 40;

  @TempDir Path dir;

  private TestStore store;
  private SparkSession spark;

  /** Starts the store. */
  abstract TestStore start(Path directory) throws Exception;

  /** Whether data files lie in their final place before a run is at its end. */
  abstract boolean showsFilesEarly();

  @BeforeAll
  void startStore(@TempDir Path directory) throws Exception {
    store = start(directory);
    SparkSession.Builder builder = SparkSession.builder().master("local[2]");
    store.settings().forEach((name, value) -> builder.config("spark.hadoop." + name, value));
    spark = builder.getOrCreate();
  }

  @AfterAll
  void stopStore() {
    if (spark != null) {
      spark.stop();
    }
    if (store != null) {
      store.close();
    }
  }

  final TestStore store() {
    return store;
  }

  final SparkSession spark() {
    return spark;
  }

  final Configuration conf() {
    return store.conf();
  }

  private static List<String> embed(String items, String vectors) {
    return List.of(
        "embed",
        "--input",
        items,
        "--output",
        vectors,
        "--encoder",
        "builtin:text",
        "--unit-rows",
        "8");
  }

  private static void run(List<String> command) {
    new CommandRun().well(command);
  }

  /** The vectors of the same items, made on a local disk by a run that nobody disturbed. */
  private TableContent undisturbed() {
    String items = dir.resolve("items").toUri().toString();
    String vectors = dir.resolve("vectors").toUri().toString();
    new ItemTables(conf(), items, 8).wave(ItemTables.texts(0, ITEMS));
    run(embed(items, vectors));
    return TableContent.of(spark, vectors);
  }

  @Test
  void holdsWhatALocalDiskHolds() {
    String items = store.uri("items");
    new ItemTables(conf(), items, 8).wave(ItemTables.texts(0, ITEMS));
    run(embed(items, store.uri("vectors")));
    assertEquals(undisturbed(), TableContent.of(spark, store.uri("vectors")));
  }

  /** A corpus in the store grows and changes; its tables are those that a local disk gets. */
  @Test
  void ingestsGrowsCompactsAndCleans() throws Exception {
    TableContent expected = grown(dir.resolve("grown").toUri().toString());
    String place = store.uri("grown");
    assertEquals(expected, grown(place));
    run(List.of("clean", place + "/items"));
    run(List.of("compact", "--input", place + "/items", "--purge"));
    run(List.of("compact", "--input", place + "/vectors", "--retain", "0s"));
    run(List.of("clean", place + "/vectors"));
    assertEquals(expected, TableContent.of(spark, place + "/vectors"));
    assertEquals(1, Table.open(conf(), place + "/vectors").waves().size());
    int waves = Table.open(conf(), place + "/items").waves().size();
    run(ingest(place));
    run(embed(place + "/items", place + "/vectors"));
    assertEquals(waves, Table.open(conf(), place + "/items").waves().size(), "nothing to do");
    assertEquals(expected, TableContent.of(spark, place + "/vectors"));
  }

  /** Two rounds of {@code ingest} and {@code embed} below a URI; returns the vectors. */
  private TableContent grown(String place) throws IOException {
    corpus(place + "/corpus/a.txt", "one\ntwo\n\n");
    run(ingest(place));
    run(embed(place + "/items", place + "/vectors"));
    corpus(place + "/corpus/a.txt", "one\nTWO instead\n\nthree\n");
    corpus(place + "/corpus/b.txt", "four\n");
    run(ingest(place));
    run(embed(place + "/items", place + "/vectors"));
    return TableContent.of(spark, place + "/vectors");
  }

  private static List<String> ingest(String place) {
    return List.of(
        "ingest",
        "--input",
        place + "/corpus",
        "--text-unit",
        "line",
        "--max-reject-ratio",
        "1",
        "--output",
        place + "/items");
  }

  /** Clusters are found, given to new rows, and replaced by others of another metric. */
  @Test
  void findsClustersAssignsNewRowsAndReplacesThem() throws IOException {
    List<TableContent> expected = clustered(dir.resolve("clustered").toUri().toString());
    String place = store.uri("clustered");
    assertEquals(expected, clustered(place));
    for (String table : List.of("clusters", "centroids")) {
      String uri = place + "/out/" + table;
      assertEquals("l2", Table.open(conf(), uri).manifest().options().get("metric"));
      String copy = text(uri + "/" + TableManifest.FILE_NAME);
      assertTrue(copy.contains("\"metric\" : \"l2\""), copy);
    }
  }

  /** The tables as each of three commands leaves them. */
  private List<TableContent> clustered(String place) {
    ItemTables items = new ItemTables(conf(), place + "/items", 8);
    List<TableContent> seen = new ArrayList<>();
    items.wave(ItemTables.texts(0, ITEMS));
    run(embed(place + "/items", place + "/vectors"));
    seen.addAll(clustered(place, "--k", "3"));
    items.wave(ItemTables.texts(ITEMS, ITEMS + 10));
    run(embed(place + "/items", place + "/vectors"));
    seen.addAll(clustered(place, "--assign", place + "/out/model.safetensors"));
    seen.addAll(clustered(place, "--k", "4", "--metric", "l2", "--retrain"));
    return seen;
  }

  private List<TableContent> clustered(String place, String... options) {
    List<String> command = new ArrayList<>(List.of("cluster", "--threads", "1"));
    command.addAll(List.of("--input", place + "/vectors", "--output", place + "/out"));
    command.addAll(List.of(options));
    run(command);
    return Stream.of("clusters", "centroids", "metrics")
        .map(table -> TableContent.of(spark, place + "/out/" + table))
        .toList();
  }

  private String text(String uri) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(uri);
    try (InputStream in = file.getFileSystem(conf()).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void corpus(String uri, String text) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(uri);
    try (OutputStream out = file.getFileSystem(conf()).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void exportsOneDirectoryAndLeavesNothingBesideIt() throws IOException {
    String place = store.uri("exported");
    new PlainWriter(spark, place + "/items", "e").write(0, 20, OnProgress.nothing());
    List<String> export =
        List.of("export", "--input", place + "/items", "--output", place + "/plain");
    run(export);
    assertEquals(20, spark.read().parquet(place + "/plain").count());
    assertEquals(2, new CommandRun().code(export), "the output is there");
    FileSystem fs = FileSystem.get(URI.create(place), conf());
    Set<String> names = new TreeSet<>();
    for (FileStatus status : fs.listStatus(new org.apache.hadoop.fs.Path(place))) {
      names.add(status.getPath().getName());
    }
    assertEquals(Set.of("items", "plain"), names);
  }

  @Test
  void finishesWhatAKilledRunBegan() throws Exception {
    String items = store.uri("killed-items");
    new ItemTables(conf(), items, 8).wave(ItemTables.texts(0, ITEMS));
    TableContent expected = undisturbed();
    for (String point : List.of("UNIT_KEPT:2", "FILES_PLACED", "COMMITTED")) {
      String vectors = store.uri("killed-" + point.replace(':', '-'));
      haltAt(point, items, vectors);
      assertForeignView(point, vectors);
      run(embed(items, vectors));
      assertEquals(expected, TableContent.of(spark, vectors), point);
      assertEquals(1, Table.open(conf(), vectors).waves().size(), point);
    }
  }

  private void haltAt(String point, String items, String vectors) throws Exception {
    List<String> command = new ArrayList<>(embed(items, vectors));
    command.addAll(store.options());
    List<String> property = List.of("-Dvectormill.test.halt-at=" + point);
    Path log = dir.resolve(point + ".log");
    try (ChildRun child = ChildRun.start(log, 1, property, command)) {
      assertEquals(StageBoundary.HALTED, child.exitCode(), () -> point + ": " + child.output());
    }
  }

  /** What docs/tables.md says of readers that know nothing of commits. */
  private void assertForeignView(String point, String vectors) throws Exception {
    boolean visible = showsFilesEarly() || !point.startsWith("UNIT_KEPT");
    int files = new ForeignReader(conf(), vectors).files();
    assertEquals(visible, files > 0, point + ": " + files + " files");
    int waves = point.equals("COMMITTED") ? 1 : 0;
    assertEquals(waves, Table.open(conf(), vectors).waves().size(), point);
  }

  @Test
  void letsOneOfTwoWritersWinAndTheOtherRunAgain() throws Exception {
    String uri = store.uri("contested");
    CyclicBarrier planned = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<PlainWriter> writers =
        List.of(new PlainWriter(spark, uri, "a"), new PlainWriter(spark, uri, "b"));
    List<PlainWriter> losers = new ArrayList<>();
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (PlainWriter writer : writers) {
        runs.add(threads.submit(() -> writer.write(0, 20, OnProgress.start(() -> meet(planned)))));
      }
      for (int i = 0; i < runs.size(); i++) {
        if (isLost(runs.get(i))) {
          losers.add(writers.get(i));
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, losers.size(), "writers that lost");
    assertEquals(20, rows(uri));
    PlainWriter.Outcome again = losers.get(0).write(0, 20, OnProgress.nothing());
    assertEquals(20 / PlainWriter.UNIT_ROWS, again.resumed(), "units that were not done again");
    assertEquals(2, Table.open(conf(), uri).waves().size());
    assertEquals(40, rows(uri));
    assertEquals(40, TableContent.of(spark, uri).rows().size());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other writer did not come", e);
    }
  }

  private static boolean isLost(Future<?> run) throws Exception {
    try {
      run.get(5, TimeUnit.MINUTES);
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      VectormillException why = (VectormillException) e.getCause();
      assertEquals(Fault.RETRY, why.fault(), why::toString);
      assertTrue(why.getMessage().contains("another run published wave 1 first"), why::toString);
      return true;
    }
  }

  private long rows(String uri) {
    long rows = 0;
    for (DataFile file : Table.open(conf(), uri).files()) {
      assertEquals(file.ids(), TableFiles.hashIds(conf(), file.path()), file.path());
      rows += file.rows();
    }
    return rows;
  }

  @Test
  void showsReadersWholeWavesOnly() throws Exception {
    String uri = store.uri("watched");
    PlainWriter writer = new PlainWriter(spark, uri, "w");
    writer.write(0, 10, OnProgress.nothing());
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Set<Long>> seen = thread.submit(() -> watch(uri, done));
      writer.write(10, 25, OnProgress.nothing());
      writer.write(25, 40, OnProgress.nothing());
      done.set(true);
      Set<Long> states = seen.get(5, TimeUnit.MINUTES);
      assertTrue(Set.of(10L, 25L, 40L).containsAll(states), states.toString());
      assertTrue(states.contains(40L), states.toString());
    } finally {
      done.set(true);
      thread.shutdownNow();
    }
  }

  /** Row counts that a reader found, with every file whole, until the writers are done. */
  private Set<Long> watch(String uri, AtomicBoolean done) {
    Set<Long> states = new TreeSet<>();
    boolean last;
    do {
      last = done.get();
      states.add(rows(uri));
    } while (!last);
    return states;
  }

  @Test
  void opensATableOfAThousandWaves() throws Exception {
    String uri = store.uri("many");
    new PlainWriter(spark, uri, "m").write(0, 5, OnProgress.nothing());
    org.apache.hadoop.fs.Path commits =
        new org.apache.hadoop.fs.Path(uri, "_vectormill/commits/00001.json");
    FileSystem fs = commits.getFileSystem(conf());
    String first = text(commits.toString());
    IntStream.rangeClosed(2, 1000).parallel().forEach(wave -> repeat(fs, commits, first, wave));
    long start = System.nanoTime();
    assertEquals(1000, Table.open(conf(), uri).waves().size());
    System.out.printf(
        "%s: a table of 1000 waves opened in %d ms%n",
        fs.getUri(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static void repeat(
      FileSystem fs, org.apache.hadoop.fs.Path first, String json, int wave) {
    String commit = json.replace("\"wave\" : 1,", "\"wave\" : " + wave + ",");
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(first.getParent(), "%05d.json".formatted(wave));
    try (OutputStream out = fs.create(file, true)) {
      out.write(commit.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
