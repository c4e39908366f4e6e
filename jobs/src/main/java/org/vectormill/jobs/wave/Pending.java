package org.vectormill.jobs.wave;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.vectormill.schemas.IdSetHash;

/**
 * What a run has to do.
 *
 * @param units one a partition
 * @param ids hash of the ids that the units must see
 * @param persisted what the units are read from, which Spark keeps until this is closed
 */
public record Pending(JavaRDD<WorkUnit<RowSlice>> units, IdSetHash ids, List<JavaRDD<?>> persisted)
    implements AutoCloseable {
  @Override
  public void close() {
    persisted.forEach(rdd -> rdd.unpersist(false));
  }
}
