package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vectormill.schemas.VectormillException;

/**
 * DEC (Xie, Girshick and Farhadi, 2016) and IDEC (Guo et al., 2017) over several workers, part by
 * part: each worker trains its own rows for an epoch or an interval, then the weights are averaged
 * (local SGD). The target distribution's frequencies are summed over all rows. What comes next
 * depends on the {@link DeepProgress} alone, so training can go on after a kill.
 */
public final class DeepTraining implements Training<DeepProgress> {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final DeepOptions options;
  private final Optional<Autoencoder> trained;

  /**
   * @param trained a network to begin with; empty for new weights
   */
  public DeepTraining(Workers<Rows> workers, DeepOptions options, Optional<Autoencoder> trained) {
    this.workers = workers;
    this.options = options;
    this.trained = trained;
  }

  /** What one worker learned. */
  private record Learned(Autoencoder weights, float[] centroids) implements Serializable {}

  private record Refresh(DeepState state, DeepState before) implements Serializable {}

  private record Pull(DeepState state, double[] frequencies) implements Serializable {}

  @Override
  public int mostParts() {
    return options.allEpochs() + options.maxRefreshes();
  }

  /**
   * Where training begins: with a network that is trained already, or with new weights and a scale
   * that brings the mean square of a component to 1, as the paper prepares its data.
   *
   * @throws VectormillException ({@code USAGE}) where the network has other layers than the options
   */
  @Override
  public DeepProgress start(int width) {
    trained.ifPresent(network -> requireLayers(network, options.allWidths(width)));
    return DeepProgress.start(
        trained.orElseGet(
            () ->
                Autoencoder.initial(
                    WorkerRows.scale(workers, width), options.allWidths(width), options.seed())));
  }

  private static void requireLayers(Autoencoder network, int[] expected) {
    int[] widths =
        IntStream.concat(
                IntStream.of(network.inputs()), network.encoder().stream().mapToInt(Layer::outputs))
            .toArray();
    if (!Arrays.equals(widths, expected)) {
      throw VectormillException.usage(
          "--start: a network of widths %s, expected %s (length of the vectors, --layers)"
              .formatted(Arrays.toString(widths), Arrays.toString(expected)));
    }
  }

  /**
   * The next part: an epoch of pretraining, the first centroids, or a refresh of the target
   * distribution and the steps after it.
   *
   * @throws VectormillException ({@code QUALITY}) where a cluster is empty or one has nearly all
   *     rows, and where a loss is no number
   */
  @Override
  public DeepProgress next(DeepProgress now) {
    if (now.epochs() < options.allEpochs()) {
      return epoch(now);
    }
    return now.centroids() == null ? now.first(firstCentroids(now)) : refresh(now);
  }

  private DeepProgress epoch(DeepProgress now) {
    int layers = options.layerEpochs() * options.widths().size();
    boolean single = now.epochs() < layers;
    int layer = single ? now.epochs() / options.layerEpochs() : -1;
    Pretraining pretraining = options.pretraining();
    long seed = options.seed() + PHASE * now.epochs();
    List<WorkerPart<Learned>> parts =
        workers.each(
            now.weights(),
            (worker, rows, weights) -> {
              if (rows.count() == 0) {
                return new WorkerPart<>(0, new Learned(weights, null), 0, null);
              }
              return WorkerPart.of(
                  () -> {
                    Pretraining.Epoch done =
                        single
                            ? pretraining.layerEpoch(weights, layer, rows, seed + worker)
                            : pretraining.epoch(weights, rows, seed + worker);
                    return new WorkerPart<>(
                        rows.count(), new Learned(done.weights(), null), done.loss(), null);
                  });
            });
    WorkerPart.requireFinite(parts, now.parts());
    return now.epoch(
        Autoencoder.average(
            parts.stream().map(part -> part.result().weights()).toList(), WorkerPart.shares(parts)),
        new CurvePoint(
            single ? CurvePoint.LAYER : CurvePoint.PRETRAIN,
            single ? now.epochs() : now.epochs() - layers,
            WorkerPart.loss(parts),
            Double.NaN));
  }

  private float[] firstCentroids(DeepProgress now) {
    return new FirstCentroids(options.matrices(), options.k(), options.restarts(), options.seed())
        .of(CodeSample.of(workers, now.weights(), options.matrices()));
  }

  private DeepProgress refresh(DeepProgress now) {
    Look look = look(now);
    int refresh = now.refreshes();
    double changed = now.before() == null ? 1 : look.changedShare();
    ClusterBalance.check(look.sizes(), refresh);
    if (changed < options.tolerance() || refresh + 1 >= options.maxRefreshes()) {
      return now.ended(new CurvePoint(CurvePoint.CLUSTER, refresh, Double.NaN, changed));
    }
    List<WorkerPart<Learned>> parts = steps(now.state(), look.frequencies(), refresh);
    WorkerPart.requireFinite(parts, now.parts());
    double[] shares = WorkerPart.shares(parts);
    DeepState next =
        new DeepState(
            Autoencoder.average(
                parts.stream().map(part -> part.result().weights()).toList(), shares),
            WeightAverage.of(
                parts.stream().map(part -> part.result().centroids()).toList(), shares));
    return now.refreshed(
        next, new CurvePoint(CurvePoint.CLUSTER, refresh, WorkerPart.loss(parts), changed));
  }

  /** Earlier clusters are found anew: to keep them would take memory for every row. */
  private Look look(DeepProgress now) {
    DeepOptions of = options;
    return Look.sum(
        workers.each(
            new Refresh(now.state(), now.before()),
            (worker, rows, given) ->
                Look.of(
                    Codes.assign(given.state(), rows, of.matrices()),
                    given.before() == null
                        ? null
                        : Codes.assign(given.before(), rows, of.matrices()),
                    of.k())));
  }

  private List<WorkerPart<Learned>> steps(DeepState state, double[] frequencies, int refresh) {
    DeepOptions of = options;
    ClusteringSteps steps = options.steps();
    long seed = options.seed() + PHASE * (options.allEpochs() + refresh);
    return workers.each(
        new Pull(state, frequencies),
        (worker, rows, given) -> {
          if (rows.count() == 0) {
            return new WorkerPart<>(
                0, new Learned(given.state().weights(), given.state().centroids()), 0, null);
          }
          float[] q = Codes.assign(given.state(), rows, of.matrices());
          int pass = Math.max(1, rows.count() / steps.batch());
          return WorkerPart.of(
              () -> {
                ClusteringSteps.Trained done =
                    steps.run(
                        given.state(),
                        rows,
                        SoftAssignment.target(q, given.frequencies()),
                        of.interval() == 0 ? pass : of.interval(),
                        seed + worker);
                DeepState end = done.state();
                return new WorkerPart<>(
                    rows.count(), new Learned(end.weights(), end.centroids()), done.loss(), null);
              });
        });
  }
}
