package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.nat.NoiseFile;
import org.vectormill.udfs.deep.nat.NoiseProgress;
import org.vectormill.udfs.deep.nat.NoiseTraining;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SphereEncoder;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/** Noise as Targets over Spark. */
final class NoiseClusters {
  private final SparkSession spark;
  private final ClusterMethod.Noise method;
  private final TrainingFiles files;
  private final KeptTraining<NoiseProgress> training;
  private final long seed;

  NoiseClusters(
      SparkSession spark, ClusterMethod.Noise method, TrainingFiles files, RunContext context) {
    this.spark = spark;
    this.method = method;
    this.files = files;
    this.training = new KeptTraining<>(files, context, NoiseFile::write, NoiseFile::read);
    this.seed = context.seed();
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, method.workers(), seed);
        StagedNotes notes = StagedNotes.in(spark, files)) {
      KeptTraining.Ended<NoiseProgress> ended =
          training.run(
              method.code(),
              new NoiseTraining(workers, method.options(), notes),
              set.dimension(),
              progress -> {});
      SphereEncoder weights = ended.progress().weights();
      List<CurvePoint> curve = ended.progress().curve();
      Map<String, Object> details = ended.details(method.code(), method.workers(), weights.scale());
      details.put("epochs", curve.size());
      return new FoundClusters(
          new Centroids(Metric.L2, weights.codeLength(), ended.progress().centroids()),
          Optional.of(weights),
          details,
          LearningCurve.metrics(curve, set.rows()),
          "%d epochs".formatted(curve.size()));
    }
  }
}
