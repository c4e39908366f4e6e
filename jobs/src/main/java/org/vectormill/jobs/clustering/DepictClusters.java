package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.depict.DepictFile;
import org.vectormill.udfs.deep.depict.DepictProgress;
import org.vectormill.udfs.deep.depict.DepictTraining;
import org.vectormill.udfs.deep.depict.TakenHead;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.network.ImageShape;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CurvePoint;

/** DEPICT over Spark. */
final class DepictClusters {
  private final ClusterMethod.Depict method;
  private final ImageShape image;
  private final KeptTraining<DepictProgress> training;
  private final long seed;

  DepictClusters(
      ClusterMethod.Depict method, ImageShape image, TrainingFiles files, RunContext context) {
    this.method = method;
    this.image = image;
    this.training = new KeptTraining<>(files, context, DepictFile::write, DepictFile::read);
    this.seed = context.seed();
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, method.workers(), seed);
        DepictTraining depict = new DepictTraining(workers, method.options(), image)) {
      KeptTraining.Ended<DepictProgress> ended =
          training.run(method.code(), depict, set.dimension(), progress -> {});
      ConvAutoencoder weights = ended.progress().weights();
      List<CurvePoint> curve = ended.progress().curve();
      double changed = curve.get(curve.size() - 1).changed();
      boolean settled = changed < method.options().tolerance();
      long refreshes =
          curve.stream().filter(point -> point.phase().equals(CurvePoint.CLUSTER)).count();
      TakenHead taken = ended.progress().taken();
      Map<String, Object> details =
          ended.details(method.code(), method.workers(), ConvAutoencoder.SCALE);
      details.put("epochs", method.options().epochs());
      if (taken != null) {
        details.put("head", taken.number());
        details.put("losses", taken.losses());
      }
      details.put("refreshes", refreshes);
      details.put("settled", settled);
      details.put("changed", changed);
      return new FoundClusters(
          depict.centroids(weights),
          Optional.of(weights),
          details,
          LearningCurve.metrics(curve, set.rows()),
          String.format(
              Locale.ROOT,
              "%d epochs, %s%d refreshes%s",
              method.options().epochs(),
              taken == null
                  ? ""
                  : "head %d of %d, ".formatted(taken.number(), taken.losses().length),
              refreshes,
              settled ? "" : " (stopped by --max-refreshes)"));
    }
  }
}
