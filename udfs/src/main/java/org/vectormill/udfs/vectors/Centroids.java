package org.vectormill.udfs.vectors;

import java.io.Serializable;

/**
 * Centroids, packed. The array belongs to the record and is not changed.
 *
 * @param dimension d, at least 1
 * @param values k x d floats, row-major; unit rows where the metric is cosine
 * @param penalties k costs that are added to a row's cost where clusters are compared, 0 or more;
 *     of length 0 for none
 */
public record Centroids(Metric metric, int dimension, float[] values, float[] penalties)
    implements Serializable {
  public Centroids {
    if (dimension < 1 || values.length == 0 || values.length % dimension != 0) {
      throw new IllegalArgumentException(
          "%d values are not one or more centroids of dimension %d"
              .formatted(values.length, dimension));
    }
    if (penalties.length != 0 && penalties.length != values.length / dimension) {
      throw new IllegalArgumentException(
          penalties.length + " penalties for " + values.length / dimension + " centroids");
    }
  }

  /** Centroids without penalties. */
  public Centroids(Metric metric, int dimension, float[] values) {
    this(metric, dimension, values, new float[0]);
  }

  public Centroids withPenalties(float[] others) {
    return new Centroids(metric, dimension, values, others);
  }

  /** What is added to the cost of centroid {@code c} where clusters are compared. */
  public double penalty(int c) {
    return penalties.length == 0 ? 0 : penalties[c];
  }

  public int count() {
    return values.length / dimension;
  }

  /** Copy of centroid {@code i}; the caller owns it. */
  public float[] row(int i) {
    return java.util.Arrays.copyOfRange(values, i * dimension, (i + 1) * dimension);
  }

  /** Cost between centroid {@code c} and a row of the same dimension. */
  public double cost(int c, float[] row) {
    return metric.cost(values, c * dimension, row, 0, dimension);
  }

  /** These centroids, of unit length where the metric is cosine. */
  public Centroids normalised() {
    if (metric != Metric.COSINE) {
      return this;
    }
    float[] unit = values.clone();
    for (int i = 0; i < count(); i++) {
      FloatRows.normalise(unit, i * dimension, dimension);
    }
    return new Centroids(metric, dimension, unit);
  }

  /** Cost between centroid {@code c} and a row of a block. */
  public double cost(int c, VectorBlock block, int row) {
    return cost(c, block.values(), row);
  }

  /** Cost between centroid {@code c} and one of rows that lie row-major. */
  public double cost(int c, float[] rows, int row) {
    return metric.cost(values, c * dimension, rows, row * dimension, dimension);
  }
}
