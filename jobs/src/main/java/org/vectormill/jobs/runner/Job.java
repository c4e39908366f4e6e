package org.vectormill.jobs.runner;

import org.apache.spark.sql.SparkSession;

/**
 * The work of one job, apart from its command line.
 *
 * @param <O> the job's options, valid by construction
 */
@FunctionalInterface
public interface Job<O> {
  /**
   * Runs to the end. The session belongs to the caller.
   *
   * @throws org.vectormill.schemas.VectormillException for every failure that has a known fault
   */
  JobResult run(SparkSession spark, O options, RunContext context);
}
