package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.Rows;
import org.vectormill.udfs.deep.Workers;
import org.vectormill.udfs.vectors.RowKey;
import org.vectormill.udfs.vectors.VectorBlock;
import scala.Tuple2;

/**
 * Workers that are Spark's partitions, one each. Rows go to a worker by a hash of their ids, and
 * lie there in the order of these hashes, however they came: so neither sorted input nor the number
 * of cores shows in what is learned.
 */
final class SparkWorkers<T extends Serializable> implements Workers<T> {
  private final JavaSparkContext context;
  private final JavaRDD<T> parts;

  private SparkWorkers(JavaSparkContext context, JavaRDD<T> parts) {
    this.context = context;
    this.parts = parts.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * @param seed of who gets which row
   */
  static SparkWorkers<Rows> deal(BlockSet set, int workers, long seed) {
    int width = set.dimension();
    JavaRDD<Rows> rows =
        set.blocks()
            .flatMapToPair(block -> parts(block, workers, seed))
            .partitionBy(new NumberPartitioner(workers))
            .values()
            .mapPartitions(blocks -> List.of(gathered(blocks, width, seed)).iterator(), true);
    return new SparkWorkers<>(set.context(), rows);
  }

  /** A block's rows by their worker. */
  private static Iterator<Tuple2<Integer, VectorBlock>> parts(
      VectorBlock block, int workers, long seed) {
    int[] owner = new int[block.rows()];
    int[] counts = new int[workers];
    for (int i = 0; i < owner.length; i++) {
      owner[i] = (int) Long.remainderUnsigned(RowKey.random(seed, block.keys()[i]), workers);
      counts[owner[i]]++;
    }
    List<Tuple2<Integer, VectorBlock>> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      if (counts[worker] > 0) {
        parts.add(new Tuple2<>(worker, part(block, owner, worker, counts[worker])));
      }
    }
    return parts.iterator();
  }

  private static VectorBlock part(VectorBlock block, int[] owner, int worker, int count) {
    int d = block.dimension();
    float[] values = new float[count * d];
    long[] keys = new long[count];
    int at = 0;
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == worker) {
        System.arraycopy(block.values(), i * d, values, at * d, d);
        keys[at++] = block.keys()[i];
      }
    }
    return new VectorBlock(d, values, keys);
  }

  private static Rows gathered(Iterator<VectorBlock> blocks, int width, long seed) {
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

  private static Rows sorted(List<VectorBlock> blocks, int count, int width, long seed) {
    long[] random = new long[count];
    float[][] from = new float[count][];
    int[] at = new int[count];
    int next = 0;
    for (VectorBlock block : blocks) {
      for (int i = 0; i < block.rows(); i++) {
        random[next] = RowKey.random(seed + 1, block.keys()[i]);
        from[next] = block.values();
        at[next++] = i * width;
      }
    }
    float[] values = new float[count * width];
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> compare(a, b, random, from, at, width))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < count; i++) {
      System.arraycopy(from[order[i]], at[order[i]], values, i * width, width);
    }
    return new Rows(values, width);
  }

  /** By hash; of equal hashes, by the components. */
  private static int compare(int a, int b, long[] random, float[][] from, int[] at, int width) {
    int byHash = Long.compare(random[a], random[b]);
    return byHash != 0
        ? byHash
        : Arrays.compare(from[a], at[a], at[a] + width, from[b], at[b], at[b] + width);
  }

  @Override
  public <S extends Serializable, R extends Serializable> List<R> each(
      S given, Work<T, S, R> work) {
    Broadcast<S> shared = context.broadcast(given);
    try {
      return parts
          .mapPartitionsWithIndex(
              (worker, own) -> List.of(work.of(worker, own.next(), shared.value())).iterator(),
              true)
          .collect();
    } finally {
      shared.destroy();
    }
  }

  @Override
  public <U extends Serializable> SparkWorkers<U> with(Preparation<T, U> preparation) {
    return new SparkWorkers<>(context, parts.map(preparation::of));
  }

  @Override
  public void close() {
    parts.unpersist(false);
  }
}
