package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.dec.DeepProgress;
import org.vectormill.udfs.deep.dec.DeepTraining;
import org.vectormill.udfs.deep.dec.ProgressFile;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/** Deep clustering over Spark. */
final class DeepClusters {
  private final ClusterMethod.Deep method;
  private final Optional<Autoencoder> start;
  private final KeptTraining<DeepProgress> training;
  private final long seed;
  private final Consumer<Autoencoder> pretrained;

  /**
   * @param start a network that is trained already
   * @param pretrained takes the network as it is when clustering begins
   */
  DeepClusters(
      ClusterMethod.Deep method,
      Optional<Autoencoder> start,
      TrainingFiles files,
      RunContext context,
      Consumer<Autoencoder> pretrained) {
    this.method = method;
    this.start = start;
    this.training = new KeptTraining<>(files, context, ProgressFile::write, ProgressFile::read);
    this.seed = context.seed();
    this.pretrained = pretrained;
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, method.workers(), seed);
        DeepTraining deep = new DeepTraining(workers, method.options(), start)) {
      KeptTraining.Ended<DeepProgress> ended =
          training.run(method.code(), deep, set.dimension(), this::keepPretrained);
      return found(ended, set.rows());
    }
  }

  private void keepPretrained(DeepProgress progress) {
    if (progress.epochs() == method.options().allEpochs() && progress.centroids() == null) {
      pretrained.accept(progress.weights());
    }
  }

  private FoundClusters found(KeptTraining.Ended<DeepProgress> ended, long rows) {
    DeepProgress progress = ended.progress();
    List<CurvePoint> curve = progress.curve();
    double changed = curve.get(curve.size() - 1).changed();
    boolean settled = changed < method.options().tolerance();
    Map<String, Object> details =
        ended.details(method.code(), method.workers(), progress.weights().scale());
    details.put("epochs", progress.epochs());
    details.put("refreshes", progress.refreshes());
    details.put("settled", settled);
    details.put("changed", changed);
    return new FoundClusters(
        new Centroids(Metric.L2, progress.weights().codeLength(), progress.centroids()),
        Optional.of(progress.weights()),
        details,
        LearningCurve.metrics(curve, rows),
        String.format(
            Locale.ROOT,
            "%d epochs, %d refreshes%s",
            progress.epochs(),
            progress.refreshes(),
            settled ? "" : " (stopped by --max-refreshes)"));
  }
}
