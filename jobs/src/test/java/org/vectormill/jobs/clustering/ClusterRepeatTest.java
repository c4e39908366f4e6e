package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.deep.dec.Averages;
import org.vectormill.udfs.deep.dec.ClusteringSteps;
import org.vectormill.udfs.deep.dec.DeepOptions;
import org.vectormill.udfs.deep.dec.Pretraining;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadSteps;
import org.vectormill.udfs.deep.lls.DomainSteps;
import org.vectormill.udfs.deep.lls.ShiftOptions;
import org.vectormill.udfs.deep.nat.NoiseOptions;
import org.vectormill.udfs.deep.nat.NoiseSteps;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.vectors.CentroidUpdate;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ClusterSums;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SearchedCentroids;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;

/** The same rows come out whatever the number of tasks, and after a run that was ended. */
class ClusterRepeatTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path dir;

  /** Ends the run at one of its iterations, after its checkpoint. */
  private static final class EndsAt implements RunContext.Progress {
    private static final long serialVersionUID = 1L;

    private final int iteration;
    private int passed;
    private boolean training;

    EndsAt(int iteration) {
      this.iteration = iteration;
    }

    @Override
    public void start(String stage, long total, String what) {
      training = List.of("k-means", "balance", "dec", "idec", "icon", "nat", "lls").contains(stage);
      passed = 0;
    }

    @Override
    public void advance(long done) {
      if (training && done > 0 && ++passed == iteration) {
        throw new IllegalStateException("ended");
      }
    }

    @Override
    public void close() {}
  }

  private static RunContext context(int endAt) {
    return new RunContext("run-" + endAt, 7, 0.2, true, false, new EndsAt(endAt));
  }

  private ClusterOptions options(String output, long batchRows, int restarts) {
    KMeansOptions kMeans =
        new KMeansOptions(12, Initialisation.AUTO, Optional.empty(), 9, 0, restarts, batchRows, 0);
    return options(
        output,
        new ClusterMethod.KMeans(
            kMeans, List.of(), LevelMethod.KMEANS, Optional.empty(), Optional.empty()));
  }

  /** Two iterations, then passes until no cluster is larger than the bound. */
  private ClusterOptions bounded(String output) {
    KMeansOptions kMeans =
        new KMeansOptions(12, Initialisation.AUTO, Optional.empty(), 2, 0, 1, 0, 0);
    return options(
        output,
        new ClusterMethod.KMeans(
            kMeans,
            List.of(),
            LevelMethod.KMEANS,
            Optional.empty(),
            Optional.of(new Balance(1.1))));
  }

  private ClusterOptions dec(String output) {
    return deep(output, "dec", ClusteringSteps.dec(new MatrixSpec("cpu", 1), 32, 0.01f));
  }

  private ClusterOptions idec(String output) {
    return deep(output, "idec", ClusteringSteps.idec(new MatrixSpec("cpu", 1), 32, 0.01f, 0.1f));
  }

  private ClusterOptions deep(String output, String code, ClusteringSteps steps) {
    MatrixSpec cpu = new MatrixSpec("cpu", 1);
    return options(
        output,
        new ClusterMethod.Deep(
            code,
            new DeepOptions(
                12,
                List.of(16, 4),
                1,
                3,
                new Pretraining(cpu, 32, 0.001f, RateSchedule.CONSTANT, 0.1f),
                2,
                steps,
                5,
                Averages.of(2),
                4,
                0,
                7),
            3,
            Optional.empty()));
  }

  private ClusterOptions heads(String output) {
    HeadSteps steps = new HeadSteps(new MatrixSpec("cpu", 1), 64, 0.001f, 0.6f, 2);
    HeadOptions heads = new HeadOptions(3, List.of(16), 2, 5, steps, 9, 7);
    return options(output, new ClusterMethod.Heads(heads, 3));
  }

  private ClusterOptions options(String output, ClusterMethod method) {
    return new ClusterOptions(
        dir.resolve("vectors").toString(),
        Optional.empty(),
        dir.resolve(output).toString(),
        new ClusterOptions.Train(method, List.of(), Optional.empty(), false, false),
        false,
        Optional.empty(),
        Optional.empty(),
        new MatrixSpec("cpu", 1),
        Map.of());
  }

  private void vectors(String metric) {
    new VectorWaves(dir.resolve("vectors").toString(), 24, metric, dir.resolve("items").toString())
        .wave(
            List.of(
                VectorWaves.groups(0, 1900, 40, 24, 1),
                VectorWaves.groups(1900, 3000, 40, 24, 1),
                VectorWaves.groups(3000, 3001, 40, 24, 1)));
  }

  private static SparkSession session(int cores) {
    return SparkSession.builder().master("local[" + cores + "]").getOrCreate();
  }

  private WaveResult run(SparkSession spark, ClusterOptions options, int endAt) {
    return new ClusterJob().run(spark, options, context(endAt));
  }

  private record Content(List<Row> clusters, List<Row> centroids) {}

  private Content content(SparkSession spark, String output) {
    return new Content(rows(spark, output + "/clusters"), rows(spark, output + "/centroids"));
  }

  private List<Row> rows(SparkSession spark, String table) {
    return Table.open(CONF, dir.resolve(table).toString())
        .current(spark)
        .orderBy("id")
        .collectAsList();
  }

  @Test
  void givesTheSameBitsInOneTaskAndInFour() throws Exception {
    for (String metric : List.of("l2", "cosine")) {
      Path vectors = dir.resolve("vectors");
      if (Files.exists(vectors)) {
        org.apache.hadoop.fs.FileUtil.fullyDelete(vectors.toFile());
      }
      vectors(metric);
      for (long batch : new long[] {0, 500}) {
        Content one;
        Content four;
        Object curve;
        String name = metric + batch;
        try (SparkSession spark = session(1)) {
          curve = run(spark, options(name + "-one", batch, 1), 0).details().get("inertia");
          one = content(spark, name + "-one");
        }
        try (SparkSession spark = session(4)) {
          Object other = run(spark, options(name + "-four", batch, 1), 0).details().get("inertia");
          assertEquals(curve, other);
          four = content(spark, name + "-four");
        }
        assertEquals(3001, one.clusters().size());
        assertEquals(one, four, metric + ", batch " + batch);
      }
    }
  }

  private ClusterOptions noise(String output) {
    MatrixSpec cpu = new MatrixSpec("cpu", 1);
    NoiseOptions noise =
        new NoiseOptions(3, List.of(16, 4), 9, 2, 2, new NoiseSteps(cpu, 32, 0.001f), 7);
    return options(output, new ClusterMethod.Noise(noise, 3));
  }

  private ClusterOptions shift(String output) {
    MatrixSpec cpu = new MatrixSpec("cpu", 1);
    ShiftOptions shift =
        new ShiftOptions(3, List.of(16), 9, 9, 2, new DomainSteps(cpu, 32, 0.001f), 7);
    return options(output, new ClusterMethod.Shift(shift, "site", 3));
  }

  /** Items of the vectors: a site has more of some groups than of others. */
  private void items() {
    List<ItemRow> items = new ArrayList<>();
    for (int i = 0; i < 3001; i++) {
      String id = i % 40 + "-" + i;
      String site = "s" + (i % 7 < 4 ? i % 40 % 3 : i % 3);
      items.add(ItemTables.text(id, "text " + i, null, null, Map.of("site", site)));
    }
    new ItemTables(CONF, dir.resolve("items").toString(), 500).wave(items);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dec", "idec", "icon", "nat", "lls"})
  void trainsNetworksToTheSameBitsInOneTaskAndInFourAndAfterARunThatWasEnded(String algorithm)
      throws Exception {
    if (algorithm.equals("lls")) {
      items();
    }
    vectors("cosine");
    Function<String, ClusterOptions> options =
        switch (algorithm) {
          case "nat" -> this::noise;
          case "lls" -> this::shift;
          case "icon" -> this::heads;
          case "dec" -> this::dec;
          default -> this::idec;
        };
    Content one;
    try (SparkSession spark = session(1)) {
      WaveResult result = run(spark, options.apply("one"), 0);
      one = content(spark, "one");
      assertEquals(9, ((List<?>) result.details().get("curve")).size(), result.toString());
    }
    try (SparkSession spark = session(4)) {
      for (int endAt : new int[] {2, 4, 3}) {
        assertThrows(IllegalStateException.class, () -> run(spark, options.apply("four"), endAt));
      }
      WaveResult result = run(spark, options.apply("four"), 0);
      assertEquals(7, result.details().get("epochs_resumed"));
      assertEquals(3001, one.clusters().size());
      assertEquals(one, content(spark, "four"));
    }
  }

  @Test
  void mergesLargeSumsOnTheExecutorsToTheSameBits() throws Exception {
    try (SparkSession spark = session(2)) {
      List<VectorBlock> blocks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        VectorWaves.Part part = VectorWaves.groups(100 * i, 100 * i + 100, 7, 5, 3);
        float[] values = new float[500];
        long[] keys = new long[100];
        for (int j = 0; j < 100; j++) {
          System.arraycopy(part.vectors()[j], 0, values, 5 * j, 5);
          keys[j] = 100 * i + j;
        }
        blocks.add(new VectorBlock(5, values, keys));
      }
      JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
      SumScale scale = SumScale.of(4000, 40, 8000);
      BlockSet set = new BlockSet(java, java.parallelize(blocks, 9), Metric.L2, 5, 4000, 7, scale);
      Centroids centroids = new Centroids(Metric.L2, 5, Arrays.copyOf(blocks.get(0).values(), 35));
      MatrixSpec cpu = new MatrixSpec("cpu", 1);
      ClusterSums whole = SumPass.of(set, centroids, cpu, Optional.empty());
      for (long most : new long[] {1, 3 * whole.bytes()}) {
        ClusterSums merged =
            SumPass.of(set, SearchedCentroids.exact(centroids), cpu, Optional.empty(), most);
        assertArrayEquals(whole.counts(), merged.counts());
        assertEquals(whole.cost(), merged.cost());
        assertArrayEquals(
            CentroidUpdate.means(centroids, whole).values(),
            CentroidUpdate.means(centroids, merged).values());
      }
    }
  }

  @Test
  void goesOnFromTheLastIterationOfARunThatWasEnded() throws Exception {
    vectors("l2");
    try (SparkSession spark = session(2)) {
      run(spark, options("whole", 0, 2), 0);
      for (int endAt : new int[] {3, 4}) {
        assertThrows(IllegalStateException.class, () -> run(spark, options("ended", 0, 2), endAt));
        assertTrue(Files.exists(dir.resolve("ended/clusters/_vectormill/staging")));
      }
      WaveResult result = run(spark, options("ended", 0, 2), 0);
      assertTrue((int) result.details().get("iterations_resumed") > 0, result.toString());
      assertEquals(content(spark, "whole"), content(spark, "ended"));
    }
  }

  @Test
  void goesOnBoundingSizesWhereARunWasEnded() throws Exception {
    new VectorWaves(dir.resolve("vectors").toString(), 6, "l2")
        .wave(List.of(VectorWaves.groups(0, 2000, 1, 6, 18)));
    try (SparkSession spark = session(2)) {
      run(spark, bounded("whole"), 0);
      // The first ends with k-means, the second after two passes of bounding.
      for (int endAt : new int[] {2, 2}) {
        assertThrows(IllegalStateException.class, () -> run(spark, bounded("ended"), endAt));
      }
      WaveResult result = run(spark, bounded("ended"), 0);
      assertEquals(2, result.details().get("iterations_resumed"));
      assertEquals(content(spark, "whole"), content(spark, "ended"));
    }
  }
}
