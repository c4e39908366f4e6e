package org.vectormill.udfs.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up rows for tests. */
final class Blocks {
  /** Normally distributed rows with keys 0, 1, …, in blocks of at most {@code size}. */
  static List<VectorBlock> normal(int rows, int dimension, int size, long seed) {
    Random random = new Random(seed);
    List<VectorBlock> blocks = new ArrayList<>();
    for (int start = 0; start < rows; start += size) {
      int n = Math.min(size, rows - start);
      float[] values = new float[n * dimension];
      long[] keys = new long[n];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < n; i++) {
        keys[i] = start + i;
      }
      blocks.add(new VectorBlock(dimension, values, keys));
    }
    return blocks;
  }

  static VectorBlock of(float[][] rows) {
    int d = rows[0].length;
    float[] values = new float[rows.length * d];
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * d, d);
      keys[i] = i;
    }
    return new VectorBlock(d, values, keys);
  }

  /** The block as it is packed for a metric: unit rows for cosine. */
  static VectorBlock packed(Metric metric, VectorBlock from) {
    float[] values = from.values().clone();
    if (metric == Metric.COSINE) {
      for (int i = 0; i < from.rows(); i++) {
        FloatRows.normalise(values, i * from.dimension(), from.dimension());
      }
    }
    return new VectorBlock(from.dimension(), values, from.keys());
  }

  static Centroids centroids(Metric metric, VectorBlock from) {
    return new Centroids(metric, from.dimension(), packed(metric, from).values());
  }

  private Blocks() {}
}
