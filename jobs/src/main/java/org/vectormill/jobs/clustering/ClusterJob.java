package org.vectormill.jobs.clustering;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.KeptNetworks;

/** Groups the vectors of a table, or items of which it makes vectors first. */
public final class ClusterJob implements Job<ClusterOptions> {
  @Override
  public WaveResult run(SparkSession spark, ClusterOptions options, RunContext context) {
    // The same directory may be written in several ways, which only its file system tells.
    if (ModelFile.isSame(options.input(), options.output(), conf(spark))) {
      throw VectormillException.usage(
          "--output is the same as --input (" + options.input() + "); name another directory");
    }
    if (spark.sparkContext().isLocal()) {
      options.matrices().requireDevice();
    }
    if (options.madeOf().isPresent()) {
      return ofItems(spark, options, options.madeOf().get(), context);
    }
    return cluster(spark, options, context, options.input());
  }

  private static WaveResult ofItems(
      SparkSession spark, ClusterOptions options, Features features, RunContext context) {
    FeatureRun run = new FeatureRun(spark, options, features, context);
    Optional<WaveResult> embedded = run.run();
    if (embedded.isEmpty()) {
      return WaveResult.unchanged(0, Map.of(), run.plan());
    }
    boolean planned = Table.find(conf(spark), options.features()).isEmpty();
    WaveResult clustered =
        planned
            ? WaveResult.unchanged(
                0, Map.of(), "Then cluster these vectors into " + options.output())
            : cluster(spark, options, context, options.features());
    return clustered
        .with("features", FeatureRun.details(embedded.get()))
        .after(embedded.get().summary());
  }

  private static Configuration conf(SparkSession spark) {
    return spark.sessionState().newHadoopConf();
  }

  private static WaveResult cluster(
      SparkSession spark, ClusterOptions options, RunContext context, String vectors) {
    VectorInput input = VectorInput.open(conf(spark), vectors);
    try {
      if (options.work() instanceof ClusterOptions.Assign assign) {
        return new AssignRun(spark, options, assign, context, input).run();
      }
      ClusterOptions.Train train = (ClusterOptions.Train) options.work();
      return new TrainRun(spark, options, train, context, input).run();
    } finally {
      KeptNetworks.closeIdle();
    }
  }
}
