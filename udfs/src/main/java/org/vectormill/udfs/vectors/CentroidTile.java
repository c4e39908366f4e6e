package org.vectormill.udfs.vectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.vectormill.udfs.engine.LinearKernels;
import org.vectormill.udfs.engine.Matrices;

/**
 * Some centroids as one side of a product with rows: the largest entry of a row is its nearest
 * centroid. For Euclidean distances an entry is (x - m)·(c - m) - |c - m|² / 2, where m is
 * subtracted from all rows and centroids: without it, vectors far from the origin would lose the
 * differences between centroids to rounding. A centroid's penalty goes into the same constant.
 */
final class CentroidTile {
  /** Floats of a processor's widest registers: rows are padded with zeros to whole ones. */
  private static final int LANES = 16;

  private final NDArray weight;
  private final NDArray bias;

  /**
   * @param mean m, as {@link #mean} has it
   * @param numbers of the centroids, in the order of the product's columns
   */
  CentroidTile(NDManager manager, Centroids centroids, float[] mean, int[] numbers) {
    int d = centroids.dimension();
    int width = width(d);
    float[] values = new float[Math.multiplyExact(numbers.length, width)];
    float[] constants = new float[numbers.length];
    for (int n = 0; n < numbers.length; n++) {
      int c = numbers[n];
      double square = 0;
      for (int i = 0; i < d; i++) {
        // The constant goes with the numbers that rows are multiplied by.
        float difference = centroids.values()[c * d + i] - mean[i];
        values[n * width + i] = difference;
        square += (double) difference * difference;
      }
      constants[n] =
          (float)
              switch (centroids.metric()) {
                case L2 -> -(square + centroids.penalty(c)) / 2;
                case COSINE -> -centroids.penalty(c);
              };
    }
    this.weight = Matrices.create(manager, values, new Shape(numbers.length, width));
    this.bias = Matrices.create(manager, constants, new Shape(numbers.length));
  }

  /** Floats of a row in products. */
  static int width(int dimension) {
    return Math.addExact(dimension, LANES - 1) / LANES * LANES;
  }

  /** What is subtracted from all centroids and rows; zeros where directions are compared. */
  static float[] mean(Centroids centroids) {
    int d = centroids.dimension();
    float[] rounded = new float[d];
    if (centroids.metric() == Metric.L2) {
      double[] mean = new double[d];
      for (int i = 0; i < centroids.values().length; i++) {
        mean[i % d] += centroids.values()[i];
      }
      for (int i = 0; i < d; i++) {
        // What is subtracted from centroids and rows is the same float everywhere.
        rounded[i] = (float) (mean[i] / centroids.count());
      }
    }
    return rounded;
  }

  /** Entries of rows with these centroids. */
  NDArray entries(NDArray rows) {
    return LinearKernels.of(rows).product(rows, weight, bias);
  }

  /** Each row's largest entry and its column; of equal ones the first. */
  NDList largest(NDArray rows) {
    return LinearKernels.of(rows).largest(rows, weight, bias);
  }
}
