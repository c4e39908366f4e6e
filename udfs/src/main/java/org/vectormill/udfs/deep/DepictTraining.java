package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * DEPICT (Dizaji et al. 2017) over several workers, part by part: each worker trains its own rows
 * for an epoch, then the weights are averaged (local SGD). The target distribution's frequencies
 * are summed over all rows.
 */
public final class DepictTraining implements Training<DepictProgress> {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final DepictOptions options;
  private final ImageShape image;

  /**
   * @param image shape of a row
   */
  public DepictTraining(Workers<Rows> workers, DepictOptions options, ImageShape image) {
    this.workers = workers;
    this.options = options;
    this.image = image;
  }

  private record Pair(ConvAutoencoder now, ConvAutoencoder before) implements Serializable {}

  private record Pull(ConvAutoencoder weights, double[] frequencies) implements Serializable {}

  @Override
  public int mostParts() {
    return options.epochs() + options.maxRefreshes();
  }

  @Override
  public DepictProgress start(int width) {
    ConvAutoencoder weights =
        ConvAutoencoder.initial(
            WorkerRows.scale(workers, width),
            image,
            options.filters(),
            options.codeLength(),
            options.seed());
    return new DepictProgress(weights, null, List.of(), false);
  }

  /**
   * An epoch of pretraining, the softmax layer, or a pass of clustering.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code QUALITY}) where a cluster is empty
   *     or one has nearly all rows, and where a loss is no number
   */
  @Override
  public DepictProgress next(DepictProgress now) {
    int epochs = now.done(CurvePoint.PRETRAIN);
    if (epochs < options.epochs()) {
      List<WorkerPart<ConvAutoencoder>> parts = pass(now, null);
      return now.epoch(
          average(parts, now),
          new CurvePoint(CurvePoint.PRETRAIN, epochs, WorkerPart.loss(parts), Double.NaN));
    }
    return now.weights().head() == null ? now.headed(headed(now.weights())) : refresh(now);
  }

  /**
   * A softmax layer that says what k-means of the codes says: each cluster is a ball of the same
   * variance around its centroid, so that {@code log p} is linear in the code.
   */
  private ConvAutoencoder headed(ConvAutoencoder weights) {
    int k = options.k();
    int d = weights.codeLength();
    WeightedRows sample = CodeSample.of(workers, weights, options.matrices());
    float[] centroids =
        new FirstCentroids(options.matrices(), k, options.restarts(), options.seed()).of(sample);
    double precision = 1 / Math.max(1e-12, variance(sample, centroids, d));
    float[] weight = new float[d * k];
    float[] bias = new float[k];
    for (int c = 0; c < k; c++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        double value = centroids[c * d + j];
        square += value * value;
        weight[j * k + c] = (float) (value * precision);
      }
      bias[c] = (float) (-square / 2 * precision);
    }
    return weights.withHead(new Layer(d, k, false, weight, bias));
  }

  /** Mean squared distance of a component to its centroid's. */
  private static double variance(WeightedRows sample, float[] centroids, int d) {
    Centroids near = new Centroids(Metric.L2, d, centroids);
    double sum = 0;
    for (int i = 0; i < sample.rows(); i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < near.count(); c++) {
        least = Math.min(least, near.cost(c, sample.values(), i));
      }
      sum += least;
    }
    return sum / sample.rows() / d;
  }

  private DepictProgress refresh(DepictProgress now) {
    Look look = look(now);
    int refresh = now.done(CurvePoint.CLUSTER);
    double changed = now.before() == null ? 1 : look.changedShare();
    ClusterBalance.check(look.sizes(), refresh);
    if (changed < options.tolerance() || refresh + 1 >= options.maxRefreshes()) {
      return now.ended(new CurvePoint(CurvePoint.CLUSTER, refresh, Double.NaN, changed));
    }
    List<WorkerPart<ConvAutoencoder>> parts = pass(now, look.frequencies());
    return now.refreshed(
        average(parts, now),
        new CurvePoint(CurvePoint.CLUSTER, refresh, WorkerPart.loss(parts), changed));
  }

  private Look look(DepictProgress now) {
    DepictOptions of = options;
    return Look.sum(
        workers.each(
            new Pair(now.weights(), now.before()),
            (worker, rows, given) ->
                Look.of(
                    probabilities(given.now(), rows, of),
                    given.before() == null ? null : probabilities(given.before(), rows, of),
                    of.k())));
  }

  /**
   * @param frequencies of the clusters over all rows; null to reconstruct only
   */
  private List<WorkerPart<ConvAutoencoder>> pass(DepictProgress now, double[] frequencies) {
    DepictOptions of = options;
    long seed = options.seed() + PHASE * (1 + now.parts());
    List<WorkerPart<ConvAutoencoder>> parts =
        workers.each(
            new Pull(now.weights(), frequencies),
            (worker, rows, given) -> {
              if (rows.count() == 0) {
                return new WorkerPart<>(0, given.weights(), 0, null);
              }
              float[] target =
                  given.frequencies() == null
                      ? null
                      : SoftAssignment.balanced(
                          probabilities(given.weights(), rows, of), given.frequencies());
              return WorkerPart.of(
                  () -> {
                    DepictSteps.Trained done =
                        of.steps().run(given.weights(), rows, target, seed + worker);
                    return new WorkerPart<>(rows.count(), done.weights(), done.loss(), null);
                  });
            });
    WorkerPart.requireFinite(parts, now.parts());
    return parts;
  }

  private static ConvAutoencoder average(
      List<WorkerPart<ConvAutoencoder>> parts, DepictProgress now) {
    return ConvAutoencoder.average(
        parts.stream().map(WorkerPart::result).toList(), WorkerPart.shares(parts));
  }

  private static float[] probabilities(ConvAutoencoder weights, Rows rows, DepictOptions of) {
    return TrainingTurn.take(
        () -> {
          try (ConvCodes network = new ConvCodes(weights, of.matrices())) {
            return network.of(rows).probabilities();
          }
        });
  }

  /** The mean code of each cluster's rows. */
  public Centroids centroids(ConvAutoencoder weights) {
    return ClusterMeans.of(workers, weights, options.k(), options.matrices()).centroids(Metric.L2);
  }
}
