package org.vectormill.jobs.clustering;

import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.udfs.vectors.VectorBlock;

/** Gives rows their cluster and the next one. Of one thread, which closes it. */
interface Assigner extends AutoCloseable {
  /**
   * @param sink takes what all rows cost together, and how many are beyond their cluster's radius
   */
  ClusterRows rows(String[] ids, VectorBlock block, UnitSink sink);

  @Override
  void close();
}
