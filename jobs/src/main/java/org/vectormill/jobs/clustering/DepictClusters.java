package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.depict.DepictFile;
import org.vectormill.udfs.deep.depict.DepictProgress;
import org.vectormill.udfs.deep.depict.DepictTraining;
import org.vectormill.udfs.deep.icon.HeadProgress;
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
      HeadProgress heads = ended.progress().heads();
      Map<String, Object> details =
          ended.details(method.code(), method.workers(), ConvAutoencoder.SCALE);
      details.put("epochs", method.options().epochs());
      if (heads != null) {
        details.put("head", heads.chosen());
        details.put("losses", heads.losses());
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
              heads == null
                  ? ""
                  : "head %d of %d, ".formatted(heads.chosen(), heads.losses().length),
              refreshes,
              settled ? "" : " (stopped by --max-refreshes)"));
    }
  }
}
