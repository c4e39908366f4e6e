package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some rows out of many, with their keys.
 *
 * @param dimension d
 * @param values n x d floats, row-major
 * @param keys n keys, rising: rows have one order, wherever they came from
 */
public record WeightedRows(int dimension, float[] values, long[] keys, double[] weights)
    implements Serializable {
  /** A row that was chosen. */
  public record Row(long key, float[] values) implements Serializable {}

  /** The rows in the order of their keys, of equal keys by their components; each of weight 1. */
  public static WeightedRows of(int dimension, List<Row> rows) {
    Row[] sorted = rows.toArray(Row[]::new);
    Arrays.sort(
        sorted,
        (a, b) -> {
          int byKey = Long.compare(a.key(), b.key());
          return byKey != 0 ? byKey : Arrays.compare(a.values(), b.values());
        });
    float[] values = new float[Math.multiplyExact(sorted.length, dimension)];
    long[] keys = new long[sorted.length];
    double[] weights = new double[sorted.length];
    Arrays.fill(weights, 1);
    for (int i = 0; i < sorted.length; i++) {
      System.arraycopy(sorted[i].values(), 0, values, i * dimension, dimension);
      keys[i] = sorted[i].key();
    }
    return new WeightedRows(dimension, values, keys, weights);
  }

  public WeightedRows withWeights(double[] others) {
    return new WeightedRows(dimension, values, keys, others);
  }

  public int rows() {
    return keys.length;
  }

  float[] row(int i) {
    return Arrays.copyOfRange(values, i * dimension, (i + 1) * dimension);
  }

  /**
   * Rows that count one each; a row's key is its position.
   *
   * @param values row-major
   */
  public static WeightedRows equal(int dimension, float[] values) {
    int count = values.length / dimension;
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    long[] keys = IntStream.range(0, count).asLongStream().toArray();
    return new WeightedRows(dimension, values, keys, weights);
  }
}
