package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.Autoencoder;
import org.vectormill.udfs.deep.CurvePoint;
import org.vectormill.udfs.deep.DeepProgress;
import org.vectormill.udfs.deep.DeepTraining;
import org.vectormill.udfs.deep.ProgressFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * Deep clustering over Spark. After each epoch and each refresh the progress is kept, and a later
 * run of the same plan goes on from there to the same bits.
 */
final class DeepClusters {
  private final ClusterMethod.Deep method;
  private final Optional<Autoencoder> start;
  private final TrainingFiles files;
  private final RunContext context;
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
    this.context = context;
    this.pretrained = pretrained;
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers workers = SparkWorkers.deal(set, method.workers(), context.seed())) {
      DeepTraining training = new DeepTraining(workers, method.options());
      Optional<DeepProgress> earlier = files.last(ProgressFile::read);
      DeepProgress progress = earlier.orElseGet(() -> training.start(set.dimension(), start));
      int resumed = progress.parts();
      context.progress().start(method.code(), training.mostParts(), "epochs");
      context.progress().advance(resumed);
      while (!progress.ended()) {
        int before = progress.parts();
        if (progress.epochs() == method.options().allEpochs() && progress.centroids() == null) {
          pretrained.accept(progress.weights());
        }
        progress = training.next(progress);
        files.keep("%07d".formatted(progress.parts()), ProgressFile.write(progress));
        report(progress, before);
      }
      return found(progress, resumed, set.rows());
    }
  }

  private void report(DeepProgress progress, int before) {
    if (progress.parts() > before) {
      CurvePoint last = progress.curve().get(progress.parts() - 1);
      context.progress().note(text(last));
      context.progress().advance(1);
    }
  }

  private static String text(CurvePoint point) {
    String loss = String.format(Locale.ROOT, "%s, loss %.4g", point.phase(), point.loss());
    return Double.isNaN(point.changed())
        ? loss
        : loss + String.format(Locale.ROOT, ", %.2f %% changed", 100 * point.changed());
  }

  /** Fewer rows than a step takes would make every worker's steps those of the same few rows. */
  static void requireRows(BlockSet set, ClusterMethod.Deep method) {
    long least = (long) method.workers() * method.options().steps().batch();
    if (set.rows() < least) {
      throw VectormillException.usage(
          "--workers %d with --batch %d: %,d rows are fewer than a batch for each worker; lower one of the two"
              .formatted(method.workers(), method.options().steps().batch(), set.rows()));
    }
  }

  private FoundClusters found(DeepProgress progress, int resumed, long rows) {
    List<CurvePoint> curve = progress.curve();
    double changed = curve.get(curve.size() - 1).changed();
    boolean settled = changed < method.options().tolerance();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("algorithm", method.code());
    details.put("workers", method.workers());
    details.put("scale", progress.weights().scale());
    details.put("epochs", progress.epochs());
    details.put("refreshes", progress.refreshes());
    details.put("settled", settled);
    details.put("changed", changed);
    details.put("epochs_resumed", resumed);
    details.put("curve", curve.stream().map(DeepClusters::details).toList());
    return new FoundClusters(
        new Centroids(Metric.L2, progress.weights().codeLength(), progress.centroids()),
        Optional.of(progress.weights()),
        details,
        rows(curve, rows),
        String.format(
            Locale.ROOT,
            "%d epochs, %d refreshes%s",
            progress.epochs(),
            progress.refreshes(),
            settled ? "" : " (stopped by --max-refreshes)"));
  }

  private static List<MetricRow> rows(List<CurvePoint> curve, long n) {
    List<MetricRow> rows = new ArrayList<>();
    for (CurvePoint point : curve) {
      String slice = point.phase() + "=" + point.step();
      add(rows, "loss", slice, point.loss(), n);
      add(rows, "changed", slice, point.changed(), n);
    }
    return rows;
  }

  private static void add(List<MetricRow> rows, String metric, String slice, double value, long n) {
    if (Double.isFinite(value)) {
      rows.add(MetricRow.of(metric, slice, value, n, Map.of()));
    }
  }

  private static Map<String, Object> details(CurvePoint point) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("phase", point.phase());
    row.put("step", point.step());
    row.put("loss", finite(point.loss()));
    row.put("changed", finite(point.changed()));
    return row;
  }

  /** JSON has no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
