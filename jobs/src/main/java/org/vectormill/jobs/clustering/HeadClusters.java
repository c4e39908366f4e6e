package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.icon.HeadFile;
import org.vectormill.udfs.deep.icon.HeadProgress;
import org.vectormill.udfs.deep.icon.HeadTraining;
import org.vectormill.udfs.deep.network.ClusterHead;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CurvePoint;

/** Heads on frozen vectors, over Spark. */
final class HeadClusters {
  private final ClusterMethod.Heads method;
  private final KeptTraining<HeadProgress> training;
  private final long seed;

  HeadClusters(ClusterMethod.Heads method, TrainingFiles files, RunContext context) {
    this.method = method;
    this.training = new KeptTraining<>(files, context, HeadFile::write, HeadFile::read);
    this.seed = context.seed();
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, method.workers(), seed);
        HeadTraining heads = new HeadTraining(workers, method.options(), set.metric())) {
      KeptTraining.Ended<HeadProgress> ended =
          training.run(method.code(), heads, set.dimension(), progress -> {});
      ClusterHead head = heads.head(ended.progress());
      List<CurvePoint> curve = ended.progress().curve();
      Map<String, Object> details = ended.details(method.code(), method.workers(), head.scale());
      details.put("head", ended.progress().chosen());
      details.put("losses", ended.progress().losses());
      details.put("epochs", curve.size());
      return new FoundClusters(
          heads.centroids(head),
          Optional.of(head),
          details,
          LearningCurve.metrics(curve, set.rows()),
          String.format(
              Locale.ROOT,
              "%d epochs, head %d of %d",
              curve.size(),
              ended.progress().chosen(),
              method.options().heads()));
    }
  }
}
