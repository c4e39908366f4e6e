package org.vectormill.udfs.text;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.NetworkMemoryException;
import org.vectormill.udfs.engine.NetworkOutput;
import org.vectormill.udfs.engine.Tensor;

/**
 * A network whose token vector depends on the token and its position alone; padding gets a large
 * vector, so that pooling it would show. It may run out of memory, fail, or give NaN on purpose.
 */
final class FakeNetwork implements Network {
  static final int D = 4;

  final List<long[]> shapes = new ArrayList<>();
  List<String> names = List.of("input_ids", "attention_mask");
  List<Tensor> last;
  int memory = Integer.MAX_VALUE;
  long failingId = -1;
  long nanId = -1;
  long zeroId = -1;
  int fixedBatch;
  boolean onePerText;
  boolean closed;

  @Override
  public List<String> inputs() {
    return names;
  }

  @Override
  public long fixedBatch() {
    return fixedBatch;
  }

  @Override
  public NetworkOutput run(List<Tensor> inputs) {
    last = inputs;
    long[] shape = inputs.get(0).shape();
    shapes.add(shape);
    int rows = (int) shape[0];
    int length = (int) shape[1];
    if (rows * length > memory) {
      throw new NetworkMemoryException("no room for " + rows + " x " + length, null);
    }
    LongBuffer ids = (LongBuffer) inputs.get(0).data();
    LongBuffer mask = (LongBuffer) inputs.get(1).data();
    float[] values = new float[rows * length * D];
    for (int t = 0; t < rows * length; t++) {
      put(ids.get(t), t % length, mask.get(t) == 0, values, t * D);
    }
    return onePerText
        ? new NetworkOutput(new long[] {rows, D}, firsts(values, rows, length))
        : new NetworkOutput(new long[] {rows, length, D}, values);
  }

  private void put(long id, int position, boolean padding, float[] values, int at) {
    if (id == failingId) {
      throw new IllegalStateException("token " + id);
    }
    for (int j = 0; j < D; j++) {
      values[at + j] = padding ? 1e6f : component(id, position, j);
      if (id == nanId) {
        values[at + j] = Float.NaN;
      } else if (id == zeroId) {
        values[at + j] = 0;
      }
    }
  }

  static float component(long id, int position, int j) {
    return (float) Math.sin(id * 7 + position * 0.3 + j);
  }

  private static float[] firsts(float[] values, int rows, int length) {
    float[] firsts = new float[rows * D];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * length * D, firsts, row * D, D);
    }
    return firsts;
  }

  @Override
  public void close() {
    closed = true;
  }
}
