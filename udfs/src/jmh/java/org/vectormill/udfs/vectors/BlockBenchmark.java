package org.vectormill.udfs.vectors;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vectormill.schemas.VectorRows;

/** Kernels over one block of 1,024 x 384, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class BlockBenchmark {
  private static final int D = 384;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private VectorBlock block;
  private VectorRows rows;
  private boolean[] all;
  private Centroids centroids;
  private int[] clusters;
  private CentroidSearch thousand;
  private CentroidSearch twentyThousand;
  private CentroidSearch twoLevels;
  private SumScale scale;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    block = new VectorBlock(D, unit(random, VectorBlock.ROWS), keys());
    String[] names = new String[VectorBlock.ROWS];
    Arrays.setAll(names, String::valueOf);
    rows =
        new VectorRows(
            names, names, "encoder", D, block.values(), null, new boolean[VectorBlock.ROWS]);
    all = new boolean[VectorBlock.ROWS];
    Arrays.fill(all, true);
    centroids = new Centroids(Metric.COSINE, D, unit(random, 1000));
    Centroids many = new Centroids(Metric.COSINE, D, unit(random, 20_000));
    thousand = CPU.open(centroids);
    twentyThousand = CPU.open(many);
    twoLevels = SearchedCentroids.grouped(many, CPU, 8, 1).open(CPU);
    clusters = thousand.nearest(block);
    scale = SumScale.of(1_000_000, 1, 2);
  }

  /** Rows of 384 components, of unit length. */
  static float[] unit(Random random, int count) {
    float[] values = new float[count * D];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      FloatRows.normalise(values, i * D, D);
    }
    return values;
  }

  private static long[] keys() {
    long[] keys = new long[VectorBlock.ROWS];
    Arrays.setAll(keys, i -> i);
    return keys;
  }

  @TearDown
  public void close() {
    thousand.close();
    twentyThousand.close();
    twoLevels.close();
  }

  @Benchmark
  public PackedUnit pack() {
    return PackedUnit.of(rows, 0, all, Metric.COSINE);
  }

  @Benchmark
  public int[] nearestOf1000() {
    return thousand.nearest(block);
  }

  @Benchmark
  public int[] nearestTwoOf1000() {
    return thousand.nearest(block, 2);
  }

  @Benchmark
  public int[] nearestOf20000() {
    return twentyThousand.nearest(block);
  }

  @Benchmark
  public int[] nearestOf20000InGroups() {
    return twoLevels.nearest(block);
  }

  @Benchmark
  public ClusterSums sums() {
    ClusterSums sums = new ClusterSums(Metric.COSINE, 1000, D, scale);
    sums.add(block, clusters, centroids);
    return sums;
  }
}
