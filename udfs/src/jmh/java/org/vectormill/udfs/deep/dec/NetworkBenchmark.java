package org.vectormill.udfs.deep.dec;

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
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.network.RowEncoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.vectors.MatrixSpec;

/** What DEC and IDEC do with 1,024 rows of 784, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class NetworkBenchmark {
  private static final int ROWS = 1024;
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);

  private Rows rows;
  private Autoencoder weights;
  private RowEncoder network;
  private Pretraining pretraining;
  private ClusteringSteps steps;
  private DeepState state;
  private float[] q;
  private double[] frequencies;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] values = new float[ROWS * 784];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    rows = new Rows(values, 784);
    weights = Autoencoder.initial(1, new int[] {784, 500, 500, 2000, 10}, 1);
    network = weights.encoder(CPU);
    pretraining = new Pretraining(CPU, 256, 0.001f, RateSchedule.CONSTANT, 0.2f);
    steps = ClusteringSteps.idec(CPU, 256, 0.01f, 0.1f);
    state = new DeepState(weights, Arrays.copyOf(network.encode(rows), 100));
    q = Codes.assign(state, rows, CPU);
    frequencies = new double[10];
    SoftAssignment.addFrequencies(q, frequencies);
  }

  @TearDown
  public void close() {
    network.close();
  }

  @Benchmark
  public float[] codes() {
    return network.encode(rows);
  }

  @Benchmark
  public Pretraining.Epoch pretraining() {
    return pretraining.epoch(weights, Moments.NONE, rows, 0, 1, 1);
  }

  @Benchmark
  public float[] target() {
    return SoftAssignment.target(q, frequencies);
  }

  @Benchmark
  public ClusteringSteps.Trained clusteringSteps() {
    return steps.run(state, Moments.NONE, rows, SoftAssignment.target(q, frequencies), 0, 4, 1);
  }
}
