package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SizeEstimator;
import org.vectormill.udfs.deep.lls.DomainRows;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.FoldTree;
import org.vectormill.udfs.deep.training.Workers;
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
  private final boolean kept;
  private final Broadcast<?> given;
  private final List<SparkWorkers<?>> sources;
  private boolean made;

  /**
   * @param kept whether the parts stay until this is closed
   * @param given what the parts are made with, which goes with them; null for none
   * @param sources what the parts are made of
   */
  private SparkWorkers(
      JavaSparkContext context,
      JavaRDD<T> parts,
      boolean kept,
      Broadcast<?> given,
      List<SparkWorkers<?>> sources) {
    this.context = context;
    this.parts = kept ? parts.persist(StorageLevel.MEMORY_AND_DISK()) : parts;
    this.kept = kept;
    this.given = given;
    this.sources = sources;
  }

  /**
   * @param seed of who gets which row
   */
  static SparkWorkers<Rows> deal(BlockSet set, int workers, long seed) {
    int width = set.dimension();
    JavaRDD<Rows> rows =
        dealt(set, new NumberPartitioner(workers), seed)
            .values()
            .mapPartitions(
                blocks -> List.of(KeyedRows.of(blocks, width, seed).rows()).iterator(), true);
    return new SparkWorkers<>(set.context(), rows, true, null, List.of());
  }

  /**
   * Rows with the domains that their items come from; a row whose item has none is left out.
   *
   * @param seed of who gets which row
   */
  static SparkWorkers<DomainRows> deal(BlockSet set, ItemDomains domains, int workers, long seed) {
    int width = set.dimension();
    NumberPartitioner partitioner = new NumberPartitioner(workers);
    JavaRDD<DomainRows> rows =
        dealt(set, partitioner, seed)
            .cogroup(domains.byWorker(workers, seed), partitioner)
            .values()
            .mapPartitions(
                both -> List.of(DomainDeal.gathered(both, width, seed)).iterator(), true);
    return new SparkWorkers<>(set.context(), rows, true, null, List.of());
  }

  private static JavaPairRDD<Integer, VectorBlock> dealt(
      BlockSet set, NumberPartitioner partitioner, long seed) {
    int workers = partitioner.numPartitions();
    return set.blocks()
        .flatMapToPair(block -> parts(block, workers, seed))
        .partitionBy(partitioner);
  }

  /** A block's rows by their worker. */
  private static Iterator<Tuple2<Integer, VectorBlock>> parts(
      VectorBlock block, int workers, long seed) {
    WorkerDeal deal = WorkerDeal.of(block.keys(), block.rows(), workers, seed);
    List<Tuple2<Integer, VectorBlock>> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int[] rows = deal.rows(worker);
      if (rows.length > 0) {
        parts.add(new Tuple2<>(worker, part(block, rows)));
      }
    }
    return parts.iterator();
  }

  private static VectorBlock part(VectorBlock block, int[] rows) {
    int d = block.dimension();
    float[] values = new float[rows.length * d];
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(block.values(), rows[i] * d, values, i * d, d);
      keys[i] = block.keys()[rows[i]];
    }
    return new VectorBlock(d, values, keys);
  }

  @Override
  public <S extends Serializable, R extends Serializable> List<R> each(
      S given, Work<T, S, R> work) {
    List<R> results = new ArrayList<>();
    collect(given, all -> all, work, results::add);
    made = true;
    return results;
  }

  /** In local mode neighbours are folded in their task: what goes to the driver takes its time. */
  @Override
  public <S extends Serializable, R extends Serializable> R fold(
      S given, Work<T, S, R> work, Fold<R> fold) {
    FoldTree<R> tree = new FoldTree<>(fold);
    if (context.isLocal()) {
      make();
      collect(given, all -> folded(all, fold), work, tree::add);
    } else {
      collect(given, all -> all, work, tree::add);
    }
    return tree.value();
  }

  /** What is kept is made by as many tasks as there are workers, however few fold. */
  private void make() {
    sources.forEach(SparkWorkers::make);
    if (kept && !made) {
      parts.foreachPartition(none -> {});
      made = true;
    }
  }

  /**
   * One JVM trains one network at a time. Two tasks are enough for one to fold while another
   * trains.
   */
  private <R> JavaRDD<R> folded(JavaRDD<R> all, Fold<R> fold) {
    int tasks = Math.min(2, context.defaultParallelism());
    return NeighbouringParts.of(all.getNumPartitions(), tasks)
        .of(all)
        .mapPartitions(
            results -> {
              FoldTree<R> tree = new FoldTree<>(fold);
              results.forEachRemaining(tree::add);
              return List.of(tree.value()).iterator();
            });
  }

  private <S extends Serializable, R extends Serializable> void collect(
      S given, UnaryOperator<JavaRDD<R>> as, Work<T, S, R> work, Consumer<R> to) {
    Broadcast<S> shared = context.broadcast(given);
    try {
      collect(as.apply(made(shared, work)), SizeEstimator.estimate(given), to);
    } finally {
      shared.destroy();
    }
  }

  /**
   * All results, in as many jobs as keep each below what the driver takes of one.
   *
   * @param given bytes of what they are made with: weights without moments come back with two such
   */
  private <R> void collect(JavaRDD<R> all, long given, Consumer<R> to) {
    int count = all.getNumPartitions();
    int most = (int) Math.min(count, Math.max(1, DriverResults.most(context) / (3 * given)));
    for (int first = 0; first < count; first += most) {
      int[] some = IntStream.range(first, Math.min(count, first + most)).toArray();
      for (List<R> own : all.collectPartitions(some)) {
        own.forEach(to);
      }
    }
  }

  @Override
  public <S extends Serializable, U extends Serializable> SparkWorkers<U> with(
      S given, Work<T, S, U> work) {
    Broadcast<S> shared = context.broadcast(given);
    return new SparkWorkers<>(context, made(shared, work), true, shared, List.of(this));
  }

  private <S extends Serializable, R extends Serializable> JavaRDD<R> made(
      Broadcast<S> shared, Work<T, S, R> work) {
    return parts.mapPartitionsWithIndex(
        (worker, own) -> List.of(work.of(worker, own.next(), shared.value())).iterator(), true);
  }

  @Override
  public <U extends Serializable> SparkWorkers<Both<T, U>> beside(Workers<U> others) {
    SparkWorkers<U> other = (SparkWorkers<U>) others;
    JavaRDD<Both<T, U>> both =
        parts.zipPartitions(
            other.parts, (mine, its) -> List.of(new Both<>(mine.next(), its.next())).iterator());
    return new SparkWorkers<>(context, both, false, null, List.of(this, other));
  }

  @Override
  public <U extends Serializable> SparkWorkers<U> seeing(Preparation<T, U> part) {
    return new SparkWorkers<>(context, parts.map(part::of), false, null, List.of(this));
  }

  @Override
  public void close() {
    if (kept) {
      parts.unpersist(false);
    }
    if (given != null) {
      given.destroy();
    }
  }
}
