package org.vectormill.udfs.vision;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.NetworkOutput;
import org.vectormill.udfs.engine.Tensor;

/** A network whose output is what a test says; it remembers the sizes of its batches. */
final class FakeNetwork implements Network {
  final List<Integer> batches = new ArrayList<>();
  final long fixed;
  boolean closed;
  private final Function<float[][], NetworkOutput> work;

  FakeNetwork(long fixed, Function<float[][], NetworkOutput> work) {
    this.fixed = fixed;
    this.work = work;
  }

  /** Two values a row: the first pixel's red, and one. */
  static NetworkOutput firstValue(float[][] rows) {
    float[] values = new float[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[2 * i] = rows[i][0];
      values[2 * i + 1] = 1;
    }
    return new NetworkOutput(new long[] {rows.length, 2}, values);
  }

  @Override
  public List<String> inputs() {
    return List.of("pixels");
  }

  @Override
  public long fixedBatch() {
    return fixed;
  }

  @Override
  public NetworkOutput run(List<Tensor> inputs) {
    Tensor input = inputs.get(0);
    FloatBuffer data = (FloatBuffer) input.data();
    float[][] rows = new float[(int) input.shape()[0]][data.limit() / (int) input.shape()[0]];
    for (int i = 0; i < rows.length; i++) {
      data.get(i * rows[i].length, rows[i]);
    }
    batches.add(rows.length);
    return work.apply(rows);
  }

  @Override
  public void close() {
    closed = true;
  }
}
