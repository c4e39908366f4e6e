package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Brings partitions that are neighbours into one task, a power of two of them. Spark's own choice
 * goes by where they lie, and is another one each time.
 *
 * @param size of a group; the last one may be smaller
 */
record NeighbouringParts(int size) implements PartitionCoalescer, Serializable {
  /** As large groups as leave a number of tasks. */
  static NeighbouringParts of(int parts, int tasks) {
    return new NeighbouringParts(Math.max(1, Integer.highestOneBit(parts / Math.max(1, tasks))));
  }

  <R> JavaRDD<R> of(JavaRDD<R> parts) {
    int groups = (parts.getNumPartitions() + size - 1) / size;
    return size == 1
        ? parts
        : parts.rdd().coalesce(groups, false, Option.apply(this), null).toJavaRDD();
  }

  @Override
  public PartitionGroup[] coalesce(int most, RDD<?> parent) {
    Partition[] parts = parent.partitions();
    return IntStream.range(0, (parts.length + size - 1) / size)
        .mapToObj(
            number -> {
              PartitionGroup group = new PartitionGroup(Option.empty());
              List.of(parts)
                  .subList(number * size, Math.min(parts.length, (number + 1) * size))
                  .forEach(part -> group.partitions().append(part));
              return group;
            })
        .toArray(PartitionGroup[]::new);
  }
}
