package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * A worker's rows.
 *
 * @param values row-major
 * @param width values a row
 */
public record Rows(float[] values, int width) {
  public Rows {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(values.length + " values are no rows of " + width);
    }
  }

  public int count() {
    return values.length / width;
  }

  /** Some rows as an array of shape {@code (to - from, width)}. */
  NDArray slice(NDManager manager, int from, int to) {
    FloatBuffer part = FloatBuffer.wrap(values, from * width, (to - from) * width);
    return manager.create(part.slice(), new Shape(to - from, width));
  }

  /** The rows at these positions, in their order. */
  NDArray gather(NDManager manager, int[] order, int from, int to) {
    float[] batch = new float[(to - from) * width];
    for (int i = from; i < to; i++) {
      System.arraycopy(values, order[i] * width, batch, (i - from) * width, width);
    }
    return manager.create(FloatBuffer.wrap(batch), new Shape(to - from, width));
  }
}
