package org.vectormill.udfs.deep.icon;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Averaged;
import org.vectormill.udfs.deep.network.ClusterHead;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.ClusterBalance;
import org.vectormill.udfs.deep.training.ClusterMeans;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * I-Con's clustering of frozen vectors over several workers: several heads see the same pairs, and
 * the one of least loss is taken. Each worker finds neighbours among its own rows and trains on
 * them for a round, then the weights are averaged (local SGD). What comes next depends on the
 * {@link HeadProgress} alone, so training can go on after a kill.
 */
public final class HeadTraining implements Training<HeadProgress> {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final HeadOptions options;
  private final Metric metric;
  private final String phase;
  private Workers<PairedRows> paired;

  /**
   * @param metric by which rows are neighbours; unit rows where it is cosine
   */
  public HeadTraining(Workers<Rows> workers, HeadOptions options, Metric metric) {
    this(workers, options, metric, CurvePoint.CLUSTER);
  }

  /**
   * Heads as a part of another training.
   *
   * @param metric by which rows are neighbours; unit rows where it is cosine
   * @param phase of the learning curve that their rounds are
   */
  public HeadTraining(Workers<Rows> workers, HeadOptions options, Metric metric, String phase) {
    this.phase = phase;
    this.workers = workers;
    this.options = options;
    this.metric = metric;
  }

  private record Heads(float scale, List<Layer> layers, Moments moments) implements Serializable {}

  /** What a round came to, with the loss of each head. */
  private record Learned(List<Layer> layers, double[] losses) implements Averaged<Learned> {
    @Override
    public Learned average(Learned other, double share) {
      double[] means = new double[losses.length];
      for (int head = 0; head < means.length; head++) {
        means[head] = losses[head] + share * (other.losses[head] - losses[head]);
      }
      return new Learned(Layer.averages(layers, other.layers, share), means);
    }
  }

  @Override
  public int mostParts() {
    return options.rounds();
  }

  @Override
  public HeadProgress start(int width) {
    int outputs = Math.multiplyExact(options.heads(), options.k());
    SplittableRandom random = new SplittableRandom(options.seed());
    List<Layer> layers = Layer.initial(width, options.widths(), outputs, random);
    return HeadProgress.start(WorkerRows.scale(workers, width), layers);
  }

  /**
   * A round; after the last one, the choice of a head.
   *
   * @throws VectormillException ({@code QUALITY}) where a loss is no number, and where every head
   *     has an empty cluster or one with nearly all rows
   */
  @Override
  public HeadProgress next(HeadProgress now) {
    return now.parts() < options.rounds() ? round(now) : now.ended(choice(now));
  }

  private HeadProgress round(HeadProgress now) {
    HeadOptions of = options;
    Metric near = metric;
    if (paired == null) {
      paired =
          workers.with(
              0,
              (worker, rows, none) ->
                  new PairedRows(rows, Neighbours.of(rows, near, of.neighbours(), of.matrices())));
    }
    long seed = options.seed() + PHASE * (1 + now.parts());
    WorkerPart<Learned> learned =
        paired
            .fold(
                new Heads(now.scale(), now.layers(), now.moments()),
                (worker, own, given) -> {
                  if (own.rows().count() == 0) {
                    return WorkerPart.idle(new Learned(given.layers(), new double[of.heads()]));
                  }
                  return WorkerPart.of(
                      worker,
                      () -> {
                        HeadSteps.Round done =
                            of.steps()
                                .run(
                                    given.layers(),
                                    given.moments(),
                                    of.k(),
                                    given.scale(),
                                    own,
                                    seed + worker);
                        return new WorkerPart<>(
                            own.rows().count(),
                            new Learned(done.layers(), done.losses()),
                            done.moments(),
                            0);
                      });
                },
                WorkerPart::with)
            .finite(CurvePoint.at(phase, now.parts()));
    double[] losses = learned.result().losses();
    return now.round(
        learned.result().layers(),
        learned.moments(),
        losses,
        new CurvePoint(
            phase, now.parts(), DoubleStream.of(losses).min().orElseThrow(), Double.NaN));
  }

  private int choice(HeadProgress now) {
    List<Integer> byLoss =
        IntStream.range(0, options.heads())
            .boxed()
            .sorted((a, b) -> Double.compare(now.losses()[a], now.losses()[b]))
            .toList();
    VectormillException first = null;
    for (int head : byLoss) {
      try {
        ClusterBalance.check(
            means(now.head(head, options.k())).sizes(), CurvePoint.at(phase, now.parts()));
        return head;
      } catch (VectormillException e) {
        first = first == null ? e : first;
      }
    }
    throw new VectormillException(
        Fault.QUALITY,
        first.getMessage() + "; of all heads none is better, so ask for more (--heads)",
        first);
  }

  /** The head that was taken. */
  public ClusterHead head(HeadProgress ended) {
    return ended.head(ended.chosen(), options.k());
  }

  /** The mean of each cluster's rows: where the clusters of a head lie. */
  public Centroids centroids(ClusterHead head) {
    return means(head).centroids(metric);
  }

  private ClusterMeans means(ClusterHead head) {
    return ClusterMeans.of(workers, head, options.k(), options.matrices());
  }

  @Override
  public void close() {
    if (paired != null) {
      paired.close();
    }
  }
}
