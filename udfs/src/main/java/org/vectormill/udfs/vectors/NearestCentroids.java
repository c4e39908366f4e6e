package org.vectormill.udfs.vectors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
 * <p>Centroids are cut into tiles, so that a product stays some megabytes whatever their number; of
 * equal entries (see {@link CentroidTile}) the lower number wins.
 */
public final class NearestCentroids implements CentroidSearch {
  /** Most centroids of one product. */
  static final int TILE = 1024;

  private final Centroids centroids;
  private final NDManager manager;
  private final List<CentroidTile> tiles = new ArrayList<>();
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
    this.width = CentroidTile.width(centroids.dimension());
    this.manager = Matrices.newManager(device, threads);
    this.bytes = Matrices.memory(Math.multiplyExact(shape, width));
    this.rows = bytes.asFloatBuffer();
    float[] mean = CentroidTile.mean(centroids);
    this.shifted = new Shifted(mean);
    try {
      for (int start = 0; start < centroids.count(); start += TILE) {
        int end = Math.min(centroids.count(), start + TILE);
        int[] members = IntStream.range(start, end).toArray();
        tiles.add(new CentroidTile(manager, centroids, mean, members));
      }
    } catch (RuntimeException | Error e) {
      // A GPU may have no room for the rest; the next attempt needs what is taken.
      manager.close();
      throw e;
    }
  }

  @Override
  public int[] nearest(VectorBlock block) {
    int n = block.rows();
    int[] best = new int[n];
    float[] bestEntries = new float[n];
    Arrays.fill(bestEntries, Float.NEGATIVE_INFINITY);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray padded = padded(scratch, block);
      for (int t = 0; t < tiles.size(); t++) {
        NDList largest = tiles.get(t).largest(padded);
        float[] entries = largest.get(0).toFloatArray();
        long[] numbers = largest.get(1).toLongArray();
        for (int i = 0; i < n; i++) {
          if (entries[i] > bestEntries[i]) {
            bestEntries[i] = entries[i];
            best[i] = t * TILE + (int) numbers[i];
          }
        }
        largest.close();
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
        NDArray product = tiles.get(t).entries(padded);
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
    }
    int padded = Math.min(shape, VectorBlock.paddedRows(block.rows()));
    // The columns beyond d are zeros from the beginning.
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
