package org.vectormill.jobs.clustering;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.SliceVectors;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * Rows that are read from files once and then kept as blocks, in memory as far as it goes and on
 * the executors' disks beyond.
 *
 * @param rows all that are usable
 * @param distinct vectors that differ, counted up to some number
 */
record BlockSet(
    JavaSparkContext context,
    JavaRDD<VectorBlock> blocks,
    Metric metric,
    int dimension,
    long rows,
    int distinct,
    SumScale scale)
    implements AutoCloseable {
  /** Tasks a core: enough to even out, few enough that starting them costs nothing. */
  private static final int TASKS_PER_CORE = 4;

  private static final long MAX_PARTITION_BYTES = 128L << 20;

  /**
   * Reads the rows of {@code pending}.
   *
   * @param enough count distinct vectors up to this number
   */
  static BlockSet read(
      SparkSession spark, Pending pending, Metric metric, int dimension, int enough) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    long bytes = pending.ids().count() * dimension * Float.BYTES;
    long partitions =
        Math.max(
            (long) TASKS_PER_CORE * context.defaultParallelism(), bytes / MAX_PARTITION_BYTES + 1);
    JavaRDD<VectorBlock> blocks =
        pending
            .units()
            .coalesce((int) Math.min(partitions, Math.max(1, pending.units().getNumPartitions())))
            .flatMap(unit -> blocks(unit, conf, metric, dimension))
            .persist(StorageLevel.MEMORY_AND_DISK());
    BlockFacts facts = new BlockFacts(Math.max(2, enough));
    boolean read = false;
    try {
      BlockPass.run(blocks, part -> facts(part, enough), facts::merge);
      read = true;
    } finally {
      if (!read) {
        // Nobody gets them, so nobody closes them.
        blocks.unpersist(false);
      }
    }
    return new BlockSet(
        context,
        blocks,
        metric,
        dimension,
        facts.rows(),
        facts.distinct(metric),
        facts.scale(metric));
  }

  private static Iterator<VectorBlock> blocks(
      WorkUnit<RowSlice> unit,
      Broadcast<SerializableConfiguration> conf,
      Metric metric,
      int dimension) {
    return SliceVectors.read(conf.value().value(), unit.content(), dimension)
        .pack(metric)
        .blocks()
        .iterator();
  }

  private static BlockFacts facts(Iterator<VectorBlock> blocks, int enough) {
    BlockFacts facts = new BlockFacts(Math.max(2, enough));
    blocks.forEachRemaining(facts::add);
    return facts;
  }

  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
