package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.RowKey;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;
import org.vectormill.udfs.vectors.WeightedRows;

/** What tasks send to the driver doesn't grow with their number: Spark ends a job that sends 1m. */
class SentToDriverTest {
  private static final int ROWS = 24_000;
  private static final int WIDTH = 32;
  private static final int WANTED = 2_000;
  private static final long SEED = 5;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private SparkSession spark;

  @BeforeEach
  void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.maxResultSize", "1m")
            .getOrCreate();
  }

  @AfterEach
  void stop() {
    spark.stop();
  }

  private static List<VectorBlock> blocks(int rows, int each) {
    Random random = new Random(1);
    List<VectorBlock> blocks = new ArrayList<>();
    for (int from = 0; from < rows; from += each) {
      float[] values = new float[each * WIDTH];
      long[] keys = new long[each];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < each; i++) {
        keys[i] = from + i;
      }
      blocks.add(new VectorBlock(WIDTH, values, keys));
    }
    return blocks;
  }

  private BlockSet set(List<VectorBlock> blocks, int partitions) {
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int rows = blocks.stream().mapToInt(VectorBlock::rows).sum();
    return new BlockSet(
        java,
        java.parallelize(blocks, partitions),
        Metric.L2,
        WIDTH,
        rows,
        rows,
        SumScale.of(rows, 10, 1000));
  }

  /** All rows by their random numbers, the first so many. */
  private static List<WeightedRows.Row> least(List<VectorBlock> blocks) {
    List<WeightedRows.Row> rows = new ArrayList<>();
    for (VectorBlock block : blocks) {
      for (int i = 0; i < block.rows(); i++) {
        rows.add(new WeightedRows.Row(block.keys()[i], block.row(i)));
      }
    }
    rows.sort(
        Comparator.comparing(
            row -> RowKey.random(SEED, row.key()), (a, b) -> Long.compareUnsigned(a, b)));
    return rows.subList(0, WANTED);
  }

  private static void assertSame(List<WeightedRows.Row> expected, List<WeightedRows.Row> rows) {
    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(expected.get(i).key(), rows.get(i).key());
      assertArrayEquals(expected.get(i).values(), rows.get(i).values());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 40})
  void aSampleIsTheSameHoweverRowsAreCut(int partitions) {
    List<VectorBlock> blocks = blocks(ROWS, 500);
    assertSame(least(blocks), SampledRows.of(set(blocks, partitions), WANTED, SEED));
  }

  @Test
  void aLookThatFindsTooFewRowsIsWidened() {
    List<VectorBlock> blocks = blocks(ROWS, 500);
    assertSame(least(blocks), SampledRows.of(set(blocks, 12), WANTED, SEED, 0.01));
  }

  @Test
  void aSampleOfEachPartitionWouldBeTooMuch() {
    BlockSet set = set(blocks(ROWS, 500), 12);
    Exception tooMuch =
        assertThrows(SparkException.class, () -> SampledRows.of(set, WANTED, SEED, 1));
    assertTrue(tooMuch.getMessage().contains("maxResultSize"), tooMuch.getMessage());
  }

  @Test
  void aSampleOfAllRowsHasThemAll() {
    List<VectorBlock> blocks = blocks(1_000, 100);
    assertEquals(1_000, SampledRows.of(set(blocks, 12), 1_000, SEED).size());
  }

  @Test
  void commonRowsOfClustersAreCountedOnTheExecutors() {
    int k = 250;
    List<VectorBlock> blocks = blocks(k * 12, k);
    float[] earlier = blocks.get(0).values();
    float[] turned = new float[earlier.length];
    for (int c = 0; c < k; c++) {
      System.arraycopy(earlier, c * WIDTH, turned, (c + 100) % k * WIDTH, WIDTH);
    }
    FoundClusters found =
        new KeptNumbers(model(new Centroids(Metric.L2, WIDTH, earlier)), CPU)
            .in(set(blocks, 12), found(new Centroids(Metric.L2, WIDTH, turned)));
    assertArrayEquals(earlier, found.centroids().values());
    assertEquals(1.0, found.details().get("same_number"));
  }

  /** Weights of all workers at once would be 1.3 MB. */
  @Test
  void workersComeInGroupsThatTheDriverTakes() {
    BlockSet set = set(blocks(4_000, 500), 4);
    float[] given = new float[16_384];
    for (int i = 0; i < given.length; i++) {
      given[i] = i;
    }
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, 20, SEED)) {
      List<float[]> results =
          workers.each(
              given,
              (worker, rows, weights) -> {
                float[] own = weights.clone();
                own[0] = worker;
                return own;
              });
      assertEquals(20, results.size());
      for (int worker = 0; worker < 20; worker++) {
        assertEquals(worker, results.get(worker)[0]);
        assertEquals(16_383, results.get(worker)[16_383]);
      }
    }
  }

  /** Those of three tasks would be 1.1 MB. */
  @Test
  void foldedWorkersComeInGroupsToo() {
    BlockSet set = set(blocks(4_000, 500), 4);
    float[] given = new float[90_000];
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, 20, SEED)) {
      float[] sum =
          workers.fold(
              given,
              (worker, rows, weights) -> {
                float[] own = weights.clone();
                own[worker] = rows.count();
                return own;
              },
              (left, right) -> {
                float[] both = left.clone();
                for (int i = 0; i < both.length; i++) {
                  both[i] += right[i];
                }
                return both;
              });
      float rows = 0;
      for (int worker = 0; worker < 20; worker++) {
        assertTrue(sum[worker] > 0, "worker " + worker);
        rows += sum[worker];
      }
      assertEquals(4_000, rows);
    }
  }

  private static ClusterModel model(Centroids centroids) {
    int k = centroids.count();
    return new ClusterModel(
        "kmeans",
        centroids,
        Optional.empty(),
        "e",
        new long[k],
        new float[k],
        "plan",
        Optional.empty());
  }

  private static FoundClusters found(Centroids centroids) {
    return new FoundClusters(centroids, Optional.empty(), Map.of(), List.of(), "");
  }
}
