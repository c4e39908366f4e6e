package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.RowKey;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * A worker's rows in the order of hashes of their ids.
 *
 * @param keys of their ids
 */
record KeyedRows(Rows rows, long[] keys) {
  /**
   * @param blocks in any order
   * @throws VectormillException ({@code USAGE}) where they are more than one array holds
   */
  static KeyedRows of(Iterator<VectorBlock> blocks, int width, long seed) {
    List<VectorBlock> all = new ArrayList<>();
    long count = 0;
    while (blocks.hasNext()) {
      VectorBlock block = blocks.next();
      all.add(block);
      count += block.rows();
    }
    if (count * width > Integer.MAX_VALUE - 8) {
      throw VectormillException.usage(
          "--workers: one of them would hold %,d vectors of %,d components; at most %,d components fit, so ask for more workers"
              .formatted(count, width, Integer.MAX_VALUE - 8));
    }
    return sorted(all, (int) count, width, seed);
  }

  private static KeyedRows sorted(List<VectorBlock> blocks, int count, int width, long seed) {
    long[] keys = new long[count];
    long[] random = new long[count];
    float[][] from = new float[count][];
    int[] at = new int[count];
    int next = 0;
    for (VectorBlock block : blocks) {
      for (int i = 0; i < block.rows(); i++) {
        keys[next] = block.keys()[i];
        random[next] = RowKey.random(seed + 1, block.keys()[i]);
        from[next] = block.values();
        at[next++] = i * width;
      }
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> compare(a, b, random, from, at, width))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] values = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(from[order[i]], at[order[i]], values, i * width, width);
    }
    return new KeyedRows(
        new Rows(values, width), IntStream.of(order).mapToLong(i -> keys[i]).toArray());
  }

  /** By hash; of equal hashes, by the components. */
  private static int compare(int a, int b, long[] random, float[][] from, int[] at, int width) {
    int byHash = Long.compare(random[a], random[b]);
    return byHash != 0
        ? byHash
        : Arrays.compare(from[a], at[a], at[a] + width, from[b], at[b], at[b] + width);
  }
}
