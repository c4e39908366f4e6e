package org.vectormill.udfs.deep.dec;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.ClusterBalance;
import org.vectormill.udfs.deep.training.CodeSample;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.FirstCentroids;
import org.vectormill.udfs.deep.training.Look;
import org.vectormill.udfs.deep.training.Looks;
import org.vectormill.udfs.deep.training.MeanLoss;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RowOrder;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * DEC (Xie, Girshick and Farhadi, 2016) and IDEC (Guo et al., 2017) over several workers, part by
 * part: each worker trains its own rows for some steps, then the weights are averaged (local SGD),
 * as often in an epoch or an interval as {@link Averages} say. The target distribution's
 * frequencies are summed over all rows. What comes next depends on the {@link DeepProgress} alone,
 * so training can go on after a kill.
 */
public final class DeepTraining implements Training<DeepProgress> {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final DeepOptions options;
  private final Optional<Autoencoder> trained;
  private final Looks<DeepState> looks;
  private int mostRows = -1;

  /**
   * @param trained a network to begin with; empty for new weights
   */
  public DeepTraining(Workers<Rows> workers, DeepOptions options, Optional<Autoencoder> trained) {
    this.workers = workers;
    this.options = options;
    this.trained = trained;
    MatrixSpec matrices = options.matrices();
    this.looks =
        new Looks<>(workers, options.k(), (state, rows) -> Codes.assign(state, rows, matrices));
  }

  private record Start(Autoencoder weights, Moments moments) implements Serializable {}

  private record Pull(DeepState state, Moments moments, double[] frequencies)
      implements Serializable {}

  @Override
  public int mostParts() {
    return options.allEpochs() + options.maxRefreshes();
  }

  /**
   * Where training begins: with a network that is trained already, or with new weights and a scale
   * that brings the mean square of a component to 1, as the paper prepares its data.
   *
   * @throws VectormillException ({@code USAGE}) where the network has other layers than the
   *     options, and where a worker has more rows than it can hold probabilities or codes of
   */
  @Override
  public DeepProgress start(int width) {
    int[] widths = options.allWidths(width);
    WorkerRows.requireFit(workers, options.k(), widths[widths.length - 1]);
    trained.ifPresent(network -> requireLayers(network, widths));
    return DeepProgress.start(
        trained.orElseGet(
            () -> Autoencoder.initial(WorkerRows.scale(workers, width), widths, options.seed())));
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

  private int mostRows() {
    if (mostRows < 0) {
      mostRows = WorkerRows.most(workers);
    }
    return mostRows;
  }

  private DeepProgress epoch(DeepProgress now) {
    int layers = options.layerEpochs() * options.widths().size();
    boolean single = now.epochs() < layers;
    int layer = single ? now.epochs() / options.layerEpochs() : -1;
    boolean anew = single && now.epochs() % options.layerEpochs() == 0 || now.epochs() == layers;
    Pretraining pretraining =
        single
            ? options.pretraining().at(now.epochs() % options.layerEpochs(), options.layerEpochs())
            : options.pretraining().at(now.epochs() - layers, options.epochs());
    long seed = options.seed() + PHASE * now.epochs();
    int averages = options.averages().inEpoch(() -> options.pretraining().steps(mostRows()));
    String phase = single ? CurvePoint.LAYER : CurvePoint.PRETRAIN;
    int step = single ? now.epochs() : now.epochs() - layers;
    Start from = new Start(now.weights(), anew ? Moments.NONE : now.moments());
    MeanLoss loss = new MeanLoss();
    for (int i = 0; i < averages; i++) {
      int round = i;
      WorkerPart<Autoencoder> learned =
          workers
              .fold(
                  from,
                  (worker, rows, given) -> {
                    if (rows.count() == 0) {
                      return WorkerPart.idle(given.weights());
                    }
                    return WorkerPart.of(
                        worker,
                        () -> {
                          Autoencoder weights = given.weights();
                          Moments moments = given.moments();
                          long own = seed + worker;
                          Pretraining.Epoch done =
                              single
                                  ? pretraining.layerEpoch(
                                      weights, moments, layer, rows, round, averages, own)
                                  : pretraining.epoch(weights, moments, rows, round, averages, own);
                          return new WorkerPart<>(
                                  rows.count(), done.weights(), done.moments(), done.loss())
                              .seeing(done.rows());
                        });
                  },
                  WorkerPart::with)
              .finite(CurvePoint.at(phase, step));
      from = new Start(learned.result(), learned.moments());
      loss.add(learned);
    }
    return now.epoch(
        from.weights(), from.moments(), new CurvePoint(phase, step, loss.value(), Double.NaN));
  }

  private float[] firstCentroids(DeepProgress now) {
    return new FirstCentroids(options.matrices(), options.k(), options.restarts(), options.seed())
        .of(CodeSample.of(workers, now.weights(), options.matrices()));
  }

  private DeepProgress refresh(DeepProgress now) {
    Look look = looks.look(now.state(), now.before());
    int refresh = now.refreshes();
    double changed = now.before() == null ? 1 : look.changedShare();
    ClusterBalance.check(look, CurvePoint.at(CurvePoint.CLUSTER, refresh));
    if (changed < options.tolerance() || refresh + 1 >= options.maxRefreshes()) {
      return now.ended(new CurvePoint(CurvePoint.CLUSTER, refresh, Double.NaN, changed));
    }
    Pull pull = new Pull(now.state(), now.moments(), look.frequencies());
    MeanLoss loss = new MeanLoss();
    int averages = options.averages().betweenRefreshes(this::stepsBetweenRefreshes);
    for (int round = 0; round < averages; round++) {
      WorkerPart<DeepState> learned =
          steps(now, pull, round, averages).finite(CurvePoint.at(CurvePoint.CLUSTER, refresh));
      pull = new Pull(learned.result(), learned.moments(), look.frequencies());
      loss.add(learned);
    }
    return now.refreshed(
        pull.state(),
        pull.moments(),
        new CurvePoint(CurvePoint.CLUSTER, refresh, loss.value(), changed));
  }

  private int stepsBetweenRefreshes() {
    return options.steps().betweenRefreshes(mostRows(), options.interval());
  }

  /** Steps from one average to the next, towards the targets of the last refresh. */
  private WorkerPart<DeepState> steps(DeepProgress now, Pull pull, int round, int averages) {
    int interval = options.interval();
    ClusteringSteps steps = options.steps();
    long seed = options.seed() + PHASE * (options.allEpochs() + now.refreshes());
    return looks
        .rows(now.state())
        .fold(
            pull,
            (worker, both, given) -> {
              Rows rows = both.own();
              if (rows.count() == 0) {
                return WorkerPart.idle(given.state());
              }
              int all = steps.betweenRefreshes(rows.count(), interval);
              return WorkerPart.of(
                  worker,
                  () -> {
                    ClusteringSteps.Trained done =
                        steps.run(
                            given.state(),
                            given.moments(),
                            rows,
                            SoftAssignment.target(both.other(), given.frequencies()),
                            RowOrder.begin(all, round, averages),
                            RowOrder.begin(all, round + 1, averages),
                            seed + worker);
                    return new WorkerPart<>(rows.count(), done.state(), done.moments(), done.loss())
                        .seeing(done.rows());
                  });
            },
            WorkerPart::with);
  }

  @Override
  public void close() {
    looks.close();
  }
}
