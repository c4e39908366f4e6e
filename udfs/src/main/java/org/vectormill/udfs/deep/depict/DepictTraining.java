package org.vectormill.udfs.deep.depict;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadProgress;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.network.ConvCodes;
import org.vectormill.udfs.deep.network.ImageShape;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.ClusterBalance;
import org.vectormill.udfs.deep.training.ClusterMeans;
import org.vectormill.udfs.deep.training.CodeSample;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.FirstCentroids;
import org.vectormill.udfs.deep.training.Look;
import org.vectormill.udfs.deep.training.Looks;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * DEPICT (Dizaji et al. 2017) over several workers, part by part: each worker trains its own rows
 * for an epoch, then the weights are averaged (local SGD). The target distribution is DEC's, as in
 * the authors' program: the paper's own, {@code q_ij / sqrt(f_j)}, is no sharper than q, and under
 * noise rows come to be less and less sure of their cluster. It is made anew at each step. Its
 * frequencies are summed over all rows before each pass, and follow a worker's own batches within
 * it.
 */
public final class DepictTraining implements Training<DepictProgress> {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final DepictOptions options;
  private final ImageShape image;
  private final Looks<ConvAutoencoder> looks;
  private NeighbourStart neighbours;

  /**
   * @param image shape of a row
   */
  public DepictTraining(Workers<Rows> workers, DepictOptions options, ImageShape image) {
    this.workers = workers;
    this.options = options;
    this.image = image;
    MatrixSpec matrices = options.matrices();
    this.looks =
        new Looks<>(
            workers, options.k(), (weights, rows) -> probabilities(weights, rows, matrices));
  }

  /**
   * What each worker begins a part with.
   *
   * @param frequencies of the clusters over all rows; null to reconstruct only
   */
  private record Start(ConvAutoencoder weights, Moments moments, double[] frequencies)
      implements Serializable {}

  @Override
  public int mostParts() {
    int rounds = options.heads().map(HeadOptions::rounds).orElse(0);
    return options.epochs() + rounds + options.maxRefreshes();
  }

  @Override
  public DepictProgress start(int width) {
    WorkerRows.requireFit(workers, options.k(), options.codeLength());
    ConvAutoencoder weights =
        ConvAutoencoder.initial(image, options.filters(), options.codeLength(), options.seed());
    return new DepictProgress(weights, Moments.NONE, null, null, null, List.of(), false);
  }

  /**
   * An epoch of pretraining, a round of heads, the softmax layer, or a pass of clustering.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code QUALITY}) where a cluster is empty
   *     or one has nearly all rows, and where a loss is no number
   */
  @Override
  public DepictProgress next(DepictProgress now) {
    int epochs = now.done(CurvePoint.PRETRAIN);
    if (epochs < options.epochs()) {
      String at = CurvePoint.at(CurvePoint.PRETRAIN, epochs);
      WorkerPart<ConvAutoencoder> learned = pass(now, options.pretrainingSteps(epochs), null, at);
      return now.epoch(
          learned.result(),
          learned.moments(),
          new CurvePoint(CurvePoint.PRETRAIN, epochs, learned.loss(), Double.NaN));
    }
    if (now.weights().head() != null) {
      return refresh(now);
    }
    return options.heads().isPresent() ? heads(now, options.heads().get()) : kmeans(now);
  }

  private DepictProgress heads(DepictProgress now, HeadOptions of) {
    if (neighbours == null || !neighbours.isOf(now.weights())) {
      letGo();
      neighbours = new NeighbourStart(workers, now.weights(), of, options.steps());
    }
    HeadProgress next = neighbours.next(now.heads() == null ? neighbours.start() : now.heads());
    if (!next.ended()) {
      return now.round(next, next.curve().get(next.parts() - 1));
    }
    ConvAutoencoder headed = neighbours.followed(next, seed(now));
    letGo();
    return now.headed(headed, TakenHead.of(next));
  }

  private DepictProgress kmeans(DepictProgress now) {
    ConvAutoencoder weights = now.weights();
    WeightedRows sample = CodeSample.of(workers, weights, options.matrices());
    FirstCentroids kmeans =
        new FirstCentroids(options.matrices(), options.k(), options.restarts(), options.seed());
    return now.headed(weights.withHead(FirstHead.of(sample, kmeans.of(sample))), null);
  }

  private DepictProgress refresh(DepictProgress now) {
    Look look = looks.look(now.weights(), now.before());
    int refresh = now.done(CurvePoint.CLUSTER);
    double changed = now.before() == null ? 1 : look.changedShare();
    ClusterBalance.check(look, CurvePoint.at(CurvePoint.CLUSTER, refresh));
    if (changed < options.tolerance() || refresh + 1 >= options.maxRefreshes()) {
      return now.ended(new CurvePoint(CurvePoint.CLUSTER, refresh, Double.NaN, changed));
    }
    WorkerPart<ConvAutoencoder> learned =
        pass(
            now,
            options.clusteringSteps(),
            look.frequencies(),
            CurvePoint.at(CurvePoint.CLUSTER, refresh));
    return now.refreshed(
        learned.result(),
        learned.moments(),
        new CurvePoint(CurvePoint.CLUSTER, refresh, learned.loss(), changed));
  }

  /**
   * @param frequencies of the clusters over all rows; null to reconstruct only
   */
  private WorkerPart<ConvAutoencoder> pass(
      DepictProgress now, DepictSteps steps, double[] frequencies, String at) {
    long seed = seed(now);
    return workers
        .fold(
            new Start(now.weights(), now.moments(), frequencies),
            (worker, rows, start) -> trained(steps, start, rows, worker, seed + worker),
            WorkerPart::with)
        .finite(at);
  }

  private long seed(DepictProgress now) {
    int passes = now.done(CurvePoint.PRETRAIN) + now.done(CurvePoint.CLUSTER);
    return options.seed() + PHASE * (1 + passes);
  }

  private static WorkerPart<ConvAutoencoder> trained(
      DepictSteps steps, Start start, Rows rows, int worker, long seed) {
    if (rows.count() == 0) {
      return WorkerPart.idle(start.weights());
    }
    return WorkerPart.of(
        worker,
        () -> {
          DepictSteps.Trained done =
              steps.run(start.weights(), start.moments(), rows, start.frequencies(), seed);
          return new WorkerPart<>(rows.count(), done.weights(), done.moments(), done.loss());
        });
  }

  private static float[] probabilities(ConvAutoencoder weights, Rows rows, MatrixSpec matrices) {
    return TrainingTurn.take(
        () -> {
          try (ConvCodes network = new ConvCodes(weights, matrices)) {
            return network.of(rows).probabilities();
          }
        });
  }

  /** The mean code of each cluster's rows. */
  public Centroids centroids(ConvAutoencoder weights) {
    return ClusterMeans.of(workers, weights, options.k(), options.matrices()).centroids(Metric.L2);
  }

  @Override
  public void close() {
    looks.close();
    letGo();
  }

  /** Of the codes that heads are trained on, and of their neighbours. */
  private void letGo() {
    if (neighbours != null) {
      neighbours.close();
      neighbours = null;
    }
  }
}
