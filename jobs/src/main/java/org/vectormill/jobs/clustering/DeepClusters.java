package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.dec.DeepProgress;
import org.vectormill.udfs.deep.dec.DeepTraining;
import org.vectormill.udfs.deep.dec.ProgressFile;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/** Deep clustering over Spark. */
final class DeepClusters {
  private final ClusterMethod.Deep method;
  private final Optional<Autoencoder> start;
  private final TrainingFiles files;
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
    this.files = files;
    this.training = new KeptTraining<>(files, context, ProgressFile::write, ProgressFile::read);
    this.seed = context.seed();
    this.pretrained = pretrained;
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<Rows> workers = SparkWorkers.deal(set, method.workers(), seed);
        DeepTraining deep = new DeepTraining(workers, method.options(), start)) {
      KeptTraining.Ended<DeepProgress> ended = trained(deep, set.dimension());
      double variance = WorkerRows.variance(workers, set.dimension());
      return found(ended, set.rows(), variance);
    }
  }

  /** A training that fails while it clusters has a network that another one can begin with. */
  private KeptTraining.Ended<DeepProgress> trained(DeepTraining deep, int width) {
    try {
      return training.run(method.code(), deep, width, this::keepPretrained);
    } catch (VectormillException e) {
      Optional<String> network =
          e.fault() == Fault.QUALITY ? files.pretrainedUri() : Optional.empty();
      throw network
          .map(
              uri ->
                  new VectormillException(
                      Fault.QUALITY,
                      e.getMessage()
                          + "; --start "
                          + uri
                          + " begins with the network that was trained",
                      e))
          .orElse(e);
    }
  }

  private void keepPretrained(DeepProgress progress) {
    if (progress.epochs() == method.options().allEpochs() && progress.centroids() == null) {
      pretrained.accept(progress.weights());
    }
  }

  /** Below it an autoencoder has learned next to nothing but the mean row. */
  private static final double LITTLE = 0.1;

  /**
   * Share of the rows' variance that the network gave back in the last epoch of pretraining; empty
   * where there was none.
   *
   * @param variance of a component of the rows
   */
  private static OptionalDouble explained(DeepProgress progress, double variance) {
    double scale = progress.weights().scale();
    return progress.curve().stream()
        .filter(point -> point.phase().equals(CurvePoint.PRETRAIN))
        .mapToDouble(point -> 1 - point.loss() / (variance * scale * scale))
        .reduce((first, second) -> second);
  }

  private FoundClusters found(KeptTraining.Ended<DeepProgress> ended, long rows, double variance) {
    DeepProgress progress = ended.progress();
    List<CurvePoint> curve = progress.curve();
    double changed = curve.get(curve.size() - 1).changed();
    boolean settled = changed < method.options().tolerance();
    Map<String, Object> details =
        ended.details(method.code(), method.workers(), progress.weights().scale());
    details.put("epochs", progress.epochs());
    OptionalDouble explained = explained(progress, variance);
    explained.ifPresent(share -> details.put("explained_variance", share));
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
                settled ? "" : " (stopped by --max-refreshes)")
            + (explained.orElse(1) < LITTLE ? warning(explained.getAsDouble()) : ""));
  }

  private static String warning(double explained) {
    return String.format(
        Locale.ROOT,
        " (the autoencoder gives back only %.0f %% of the vectors' variance, so its codes say little:"
            + " train it for longer with --epochs, or in smaller batches with --batch)",
        100 * Math.max(0, explained));
  }
}
