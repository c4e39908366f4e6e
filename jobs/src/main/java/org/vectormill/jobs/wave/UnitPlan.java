package org.vectormill.jobs.wave;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.vectormill.schemas.RowGroupSize;

/**
 * The work of a run.
 *
 * @param stage the job's name: column {@code stage} of rejects, title of progress
 * @param units each in any partition, each key once
 * @param items how many items there are, for progress; 0 where nobody knows
 * @param rowGroups of data files
 * @param dimension of vectors; 0 where the table has none
 */
public record UnitPlan<U extends Serializable>(
    String stage, JavaRDD<WorkUnit<U>> units, long items, RowGroupSize rowGroups, int dimension) {}
