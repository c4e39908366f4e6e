package org.vectormill.jobs.clustering;

import org.apache.spark.Partitioner;

/** Each number a partition of its own. */
final class NumberPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int parts;

  NumberPartitioner(int parts) {
    this.parts = parts;
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }
}
