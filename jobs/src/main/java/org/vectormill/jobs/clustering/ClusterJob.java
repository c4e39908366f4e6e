package org.vectormill.jobs.clustering;

import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;

/** Groups the vectors of a table. */
public final class ClusterJob implements Job<ClusterOptions> {
  @Override
  public ClusterResult run(SparkSession spark, ClusterOptions options, RunContext context) {
    VectorInput input = VectorInput.open(spark.sessionState().newHadoopConf(), options.input());
    if (options.work() instanceof ClusterOptions.Assign assign) {
      return new AssignRun(spark, options, assign, context, input).run();
    }
    ClusterOptions.Train train = (ClusterOptions.Train) options.work();
    return new TrainRun(spark, options, train, context, input).run();
  }
}
