package org.vectormill.jobs.embed;

import org.apache.spark.api.java.JavaRDD;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.IdSetHash;

/**
 * What a run has to do.
 *
 * @param units one a partition
 * @param ids hash of the ids that the units must see
 */
record Pending(JavaRDD<WorkUnit<RowSlice>> units, IdSetHash ids) {}
