package org.vectormill.udfs.vectors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.engine.Matrices;

/**
 * Finds the nearest centroids of blocks by matrix products. Of one thread; holds the centroids in
 * the engine's memory until it is closed.
 *
 * <p>One more column than the vectors have carries each centroid's part of the distance, so that
 * the largest entry of one product is the nearest centroid: (x - m)·(c - m) - |c - m|² / 2, where m
 * is the mean of the centroids. Without m, vectors far from the origin would lose the differences
 * between centroids to rounding. A centroid's penalty goes into the same column. Centroids are cut
 * into tiles, so that a product stays some megabytes whatever their number; of equal entries the
 * lower number wins.
 */
public final class NearestCentroids implements CentroidSearch {
  /** Most centroids of one product. */
  static final int TILE = 1024;

  private final Centroids centroids;
  private final NDManager manager;
  private final List<NDArray> tiles = new ArrayList<>();
  private final int shape;
  private final int width;
  private final ByteBuffer bytes;
  private final FloatBuffer rows;
  private final Shifted shifted;

  /**
   * @param shape most rows that a block is padded to, at least those of the largest block
   * @param threads of a product; the calling thread's setting is changed
   */
  NearestCentroids(Centroids centroids, int shape, Device device, int threads) {
    this.centroids = centroids;
    this.shape = shape;
    this.width = centroids.dimension() + 1;
    this.manager = Matrices.newManager(device, threads);
    this.bytes = Matrices.memory(Math.multiplyExact(shape, width));
    this.rows = bytes.asFloatBuffer();
    float[] mean = mean(centroids);
    this.shifted = new Shifted(mean);
    for (int start = 0; start < centroids.count(); start += TILE) {
      int end = Math.min(centroids.count(), start + TILE);
      float[] tile = tile(centroids, mean, IntStream.range(start, end).toArray());
      tiles.add(Matrices.create(manager, tile, new Shape(end - start, width)).transpose());
    }
  }

  /** What is subtracted from all centroids; zeros where directions are compared. */
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

  /** Some of the centroids as rows of a product's other side, one column more than they have. */
  static float[] tile(Centroids centroids, float[] mean, int[] numbers) {
    int d = centroids.dimension();
    float[] tile = new float[numbers.length * (d + 1)];
    for (int n = 0; n < numbers.length; n++) {
      int c = numbers[n];
      int to = n * (d + 1);
      double constant = 0;
      for (int i = 0; i < d; i++) {
        // The constant goes with the numbers that rows are multiplied by.
        float difference = centroids.values()[c * d + i] - mean[i];
        tile[to + i] = difference;
        constant += (double) difference * difference;
      }
      tile[to + d] =
          (float)
              switch (centroids.metric()) {
                case L2 -> -(constant + centroids.penalty(c)) / 2;
                case COSINE -> -centroids.penalty(c);
              };
    }
    return tile;
  }

  @Override
  public int[] nearest(VectorBlock block) {
    int n = block.rows();
    int[] best = new int[n];
    float[] bestEntries = null;
    try (NDManager scratch = manager.newSubManager()) {
      NDArray padded = padded(scratch, block);
      for (int t = 0; t < tiles.size(); t++) {
        NDArray product = padded.matMul(tiles.get(t));
        long[] found = product.argMax(1).toLongArray();
        if (tiles.size() == 1) {
          for (int i = 0; i < n; i++) {
            best[i] = (int) found[i];
          }
          break;
        }
        float[] entries = product.max(new int[] {1}).toFloatArray();
        if (t == 0) {
          bestEntries = new float[n];
          Arrays.fill(bestEntries, Float.NEGATIVE_INFINITY);
        }
        for (int i = 0; i < n; i++) {
          if (entries[i] > bestEntries[i]) {
            bestEntries[i] = entries[i];
            best[i] = t * TILE + (int) found[i];
          }
        }
        product.close();
      }
    }
    return best;
  }

  @Override
  public int[] nearest(VectorBlock block, int count) {
    if (count < 1 || count > centroids.count()) {
      throw new IllegalArgumentException(
          "count must be from 1 to %d, got %d".formatted(centroids.count(), count));
    }
    int n = block.rows();
    TopEntries top = new TopEntries(n, count);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray padded = padded(scratch, block);
      for (int t = 0; t < tiles.size(); t++) {
        NDArray product = padded.matMul(tiles.get(t));
        float[] entries = product.toFloatArray();
        int columns = (int) product.getShape().get(1);
        for (int i = 0; i < n; i++) {
          top.offer(i, entries, i * columns, columns, t * TILE);
        }
        product.close();
      }
    }
    return top.numbers();
  }

  private NDArray padded(NDManager scratch, VectorBlock block) {
    int d = centroids.dimension();
    if (block.dimension() != d || block.rows() > shape) {
      throw new IllegalArgumentException(
          "block of %d x %d, expected at most %d x %d"
              .formatted(block.rows(), block.dimension(), shape, d));
    }
    for (int i = 0; i < block.rows(); i++) {
      rows.put(i * width, shifted.of(block.values(), i * d), shifted.from(i * d), d);
      rows.put(i * width + d, 1);
    }
    int padded = Math.min(shape, VectorBlock.paddedRows(block.rows()));
    float[] zeros = new float[width];
    for (int i = block.rows(); i < padded; i++) {
      rows.put(i * width, zeros);
    }
    ByteBuffer used = bytes.slice(0, padded * width * Float.BYTES).order(bytes.order());
    return scratch.create(used, new Shape(padded, width), DataType.FLOAT32);
  }

  @Override
  public void close() {
    manager.close();
  }
}
