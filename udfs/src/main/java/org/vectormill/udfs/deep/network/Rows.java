package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Arrays;
import org.vectormill.udfs.engine.Matrices;

/**
 * A worker's rows.
 *
 * @param values row-major
 * @param width values a row
 */
public record Rows(float[] values, int width) implements Serializable {
  public Rows {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(values.length + " values are no rows of " + width);
    }
  }

  /** Rows whose codes are made at once where only sums of them are needed. */
  public static final int SLICE = 16_384;

  /** The {@link #SLICE} rows from one on, fewer at the end. */
  public Rows slice(int from) {
    int to = Math.min(count(), from + SLICE);
    return new Rows(Arrays.copyOfRange(values, from * width, to * width), width);
  }

  public int count() {
    return values.length / width;
  }

  /**
   * Rows {@code from} to {@code to}, then zeros.
   *
   * @return shape {@code (shape, width)}
   */
  NDArray slice(NDManager manager, int from, int to, int shape, float scale) {
    float[] batch = new float[shape * width];
    copy(from * width, batch, 0, (to - from) * width, scale);
    return Matrices.create(manager, batch, new Shape(shape, width));
  }

  /** The rows at these positions, in their order. */
  public NDArray gather(NDManager manager, int[] order, int from, int to, float scale) {
    float[] batch = new float[(to - from) * width];
    for (int i = from; i < to; i++) {
      copy(order[i] * width, batch, (i - from) * width, width, scale);
    }
    return Matrices.create(manager, batch, new Shape(to - from, width));
  }

  private void copy(int from, float[] to, int at, int length, float scale) {
    if (scale == 1) {
      System.arraycopy(values, from, to, at, length);
    } else {
      for (int i = 0; i < length; i++) {
        to[at + i] = values[from + i] * scale;
      }
    }
  }

  /** Sum of the squares of all components. */
  public double squares() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
