package org.vectormill.udfs.deep.icon;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/** What heads on frozen vectors do with 1,024 rows of 784, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class HeadBenchmark {
  private static final int ROWS = 1024;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private Rows rows;
  private HeadSteps heads;
  private PairedRows paired;
  private Layer layer;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] values = new float[ROWS * 784];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    rows = new Rows(values, 784);
    heads = new HeadSteps(CPU, 512, 0.001f, 0.6f, 1);
    paired = new PairedRows(rows, Neighbours.of(rows, Metric.L2, 20, CPU));
    layer = Layer.initial(784, 80, false, new SplittableRandom(1));
  }

  @Benchmark
  public int[] neighbours() {
    return Neighbours.of(rows, Metric.L2, 20, CPU);
  }

  /** A hundred steps of eight heads. */
  @Benchmark
  public HeadSteps.Round steps() {
    return heads.run(List.of(layer), Moments.NONE, 10, 1, paired, 1);
  }
}
