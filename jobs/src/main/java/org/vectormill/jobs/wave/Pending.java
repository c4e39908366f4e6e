package org.vectormill.jobs.wave;

import org.apache.spark.api.java.JavaRDD;
import org.vectormill.schemas.IdSetHash;

/**
 * What a run has to do.
 *
 * @param units one a partition
 * @param ids hash of the ids that the units must see
 */
public record Pending(JavaRDD<WorkUnit<RowSlice>> units, IdSetHash ids) {}
