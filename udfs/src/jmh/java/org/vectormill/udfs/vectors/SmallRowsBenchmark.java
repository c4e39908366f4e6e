package org.vectormill.udfs.vectors;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is drawn from blocks, and what is done with rows that fit in one process; on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class SmallRowsBenchmark {
  private static final int D = 384;
  private static final int ROWS = 4096;
  private static final int K = 1000;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private VectorBlock block;
  private WeightedRows rows;
  private Centroids centroids;
  private Centroids hundreds;
  private ClusterSums sums;
  private ClusterSums sumsWithEmpty;
  private RowSample sample;

  @Setup
  public void prepare() {
    float[] values = BlockBenchmark.unit(new Random(1), ROWS);
    rows = WeightedRows.equal(D, values);
    block = first(values);
    centroids = new Centroids(Metric.COSINE, D, BlockBenchmark.unit(new Random(2), K));
    hundreds = new Centroids(Metric.COSINE, D, BlockBenchmark.unit(new Random(3), 500));
    SumScale scale = SumScale.of(1_000_000, 1, 2);
    sums = new ClusterSums(Metric.COSINE, K, D, scale);
    sumsWithEmpty = new ClusterSums(Metric.COSINE, K, D, scale);
    for (int i = 0; i < block.rows(); i++) {
      sums.add(block, i, i % K, 1);
      sumsWithEmpty.add(block, i, i % (K - 100), 1);
    }
    sample = new RowSample(256, 1);
    sample.offer(block);
  }

  private static VectorBlock first(float[] values) {
    long[] keys = new long[VectorBlock.ROWS];
    Arrays.setAll(keys, i -> i);
    return new VectorBlock(D, Arrays.copyOf(values, VectorBlock.ROWS * D), keys);
  }

  @Benchmark
  public RowSample sampleOf256() {
    RowSample drawn = new RowSample(256, 7);
    drawn.offer(block);
    return drawn;
  }

  @Benchmark
  public RowSample mergedSamples() {
    return new RowSample(256, 1).merge(sample);
  }

  @Benchmark
  public List<VectorBlock> tenthAsABatch() {
    return new BlockBatch(0.1, 5).of(block);
  }

  @Benchmark
  public Centroids means() {
    return CentroidUpdate.means(centroids, sums);
  }

  @Benchmark
  public Centroids meansWithAHundredSplits() {
    return CentroidUpdate.means(centroids, sumsWithEmpty);
  }

  @Benchmark
  public Centroids plusPlusOf64() {
    return PlusPlus.choose(Metric.COSINE, rows, 64, 1);
  }

  @Benchmark
  public SmallKMeans.Fit kMeansOf64() {
    return new SmallKMeans(CPU, 10).fit(Metric.COSINE, rows, 64, 1);
  }

  @Benchmark
  public int[] connected500() {
    return ConnectedRows.groups(hundreds, 0.9, CPU);
  }

  @Benchmark
  public int[] linked500() {
    return AverageLinkage.groups(hundreds, 20);
  }

  @Benchmark
  public List<BlockPairs.Pair> pairsOf1000Groups() {
    return BlockPairs.of(1000);
  }
}
