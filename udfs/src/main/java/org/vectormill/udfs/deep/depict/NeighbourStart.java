package org.vectormill.udfs.deep.depict;

import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadProgress;
import org.vectormill.udfs.deep.icon.HeadTraining;
import org.vectormill.udfs.deep.network.ClusterHead;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CodeSample;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * The clusters that clustering starts from, by neighbours: heads of I-Con (Alshammari et al. 2025)
 * are trained on the codes, the one of least loss is taken, and the network is trained for a pass
 * to say what that head says. Codes of one kind often lie in several heaps, or share one with
 * another kind, and k-means goes by heaps.
 */
final class NeighbourStart implements AutoCloseable {
  private final Workers<Rows> workers;
  private final ConvAutoencoder weights;
  private final MatrixSpec matrices;
  private final DepictSteps steps;
  private final Workers<Rows> codes;
  private final HeadTraining training;

  /**
   * @param weights a network that reconstructs
   * @param steps how the pass runs
   */
  NeighbourStart(
      Workers<Rows> workers, ConvAutoencoder weights, HeadOptions options, DepictSteps steps) {
    this.workers = workers;
    this.weights = weights;
    this.matrices = options.matrices();
    this.steps = steps;
    int length = weights.codeLength();
    MatrixSpec products = matrices;
    this.codes =
        workers.with(
            weights, (worker, rows, given) -> new Rows(Codes.of(given, rows, products), length));
    this.training = new HeadTraining(codes, options, Metric.L2, CurvePoint.HEADS);
  }

  /** Whether the codes are those of this very network. */
  boolean isOf(ConvAutoencoder other) {
    return weights == other;
  }

  /** Where the training of heads begins. */
  HeadProgress start() {
    return training.start(weights.codeLength());
  }

  /**
   * A round of it, or its end.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code QUALITY}) where every head has an
   *     empty cluster or one with nearly all rows, and where a loss is no number
   */
  HeadProgress next(HeadProgress now) {
    return training.next(now);
  }

  /**
   * The network with a softmax layer that says nearly what the head says that was taken.
   *
   * @param seed of the pass
   */
  ConvAutoencoder followed(HeadProgress ended, long seed) {
    ClusterHead head = training.head(ended);
    float[] means = training.centroids(head).values();
    ConvAutoencoder first =
        weights.withHead(FirstHead.of(CodeSample.of(codes, weights.codeLength()), means));
    MatrixSpec products = matrices;
    try (Workers<Rows> said =
        codes.with(
            head,
            (worker, rows, given) -> new Rows(Codes.of(given, rows, products), given.clusters()))) {
      return followed(first, said, seed, CurvePoint.at(CurvePoint.HEADS, ended.parts()));
    }
  }

  private ConvAutoencoder followed(
      ConvAutoencoder first, Workers<Rows> said, long seed, String at) {
    DepictSteps of = steps;
    return workers
        .beside(said)
        .fold(
            first,
            (worker, both, start) ->
                both.own().count() == 0
                    ? WorkerPart.idle(start)
                    : WorkerPart.of(
                        worker,
                        () -> {
                          DepictSteps.Trained done =
                              of.follow(start, both.own(), both.other(), seed + worker);
                          return new WorkerPart<>(
                              both.own().count(), done.weights(), Moments.NONE, done.loss());
                        }),
            WorkerPart::with)
        .finite(at)
        .result();
  }

  @Override
  public void close() {
    training.close();
    codes.close();
  }
}
