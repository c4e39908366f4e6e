package org.vectormill.udfs.deep.nat;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.network.OpenNetwork;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SphereEncoder;
import org.vectormill.udfs.deep.network.TrainingTurn;
import org.vectormill.udfs.deep.training.ClusterBalance;
import org.vectormill.udfs.deep.training.CodeSample;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.FirstCentroids;
import org.vectormill.udfs.deep.training.Look;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.deep.training.WorkerNotes;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * Noise as Targets (Bojanowski and Joulin, 2017) over several workers, then k-means of the codes.
 * Each worker has points of its own, as many as rows, and trains for an epoch; then the weights are
 * averaged (local SGD). Which row has which point stays with the worker, in its notes.
 */
public final class NoiseTraining implements Training<NoiseProgress> {
  private static final long PHASE = 1_000_003;
  private static final long POINTS = 0x6e617473L;

  private final Workers<Rows> workers;
  private final NoiseOptions options;
  private final WorkerNotes notes;

  public NoiseTraining(Workers<Rows> workers, NoiseOptions options, WorkerNotes notes) {
    this.workers = workers;
    this.options = options;
    this.notes = notes;
  }

  private record Start(SphereEncoder weights, Moments moments) implements Serializable {}

  private record Ended(SphereEncoder weights, float[] centroids) implements Serializable {}

  @Override
  public int mostParts() {
    return options.epochs();
  }

  @Override
  public NoiseProgress start(int width) {
    int[] widths = options.allWidths(width);
    WorkerRows.requireFit(workers, options.k(), widths[widths.length - 1]);
    return new NoiseProgress(
        SphereEncoder.initial(WorkerRows.scale(workers, width), widths, options.seed()),
        Moments.NONE,
        null,
        List.of());
  }

  /**
   * An epoch; after the last one, the clusters of the codes.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code QUALITY}) where a loss is no number,
   *     and where a cluster is empty or one has nearly all rows
   */
  @Override
  public NoiseProgress next(NoiseProgress now) {
    // The last two checkpoints are kept, so their notes are too.
    notes.forgetBefore(now.parts() - 1);
    return now.parts() < options.epochs() ? epoch(now) : now.ended(clusters(now.weights()));
  }

  private NoiseProgress epoch(NoiseProgress now) {
    NoiseOptions of = options;
    WorkerNotes own = notes;
    int part = now.parts();
    WorkerPart<SphereEncoder> learned =
        workers
            .fold(
                new Start(now.weights(), now.moments()),
                (worker, rows, start) ->
                    rows.count() == 0
                        ? WorkerPart.idle(start.weights())
                        : WorkerPart.of(worker, () -> trained(start, rows, of, own, part, worker)),
                WorkerPart::with)
            .finite(CurvePoint.at(CurvePoint.CLUSTER, part));
    return now.epoch(
        learned.result(),
        learned.moments(),
        new CurvePoint(CurvePoint.CLUSTER, part, learned.loss(), Double.NaN));
  }

  private static WorkerPart<SphereEncoder> trained(
      Start start, Rows rows, NoiseOptions of, WorkerNotes notes, int part, int worker) {
    SphereEncoder weights = start.weights();
    NoiseTargets drawn =
        NoiseTargets.drawn(rows.count(), weights.codeLength(), of.seed() + POINTS + worker);
    NoiseTargets targets =
        part == 0 ? drawn : drawn.given(notes.kept(part, worker, drawn.noteLength()));
    NoiseSteps.Epoch done =
        of.steps()
            .run(
                weights,
                start.moments(),
                rows,
                targets,
                part % of.interval() == 0,
                of.seed() + PHASE * (1 + part) + worker);
    notes.keep(part + 1, worker, targets.note());
    return new WorkerPart<>(rows.count(), done.weights(), done.moments(), done.loss());
  }

  private float[] clusters(SphereEncoder weights) {
    NoiseOptions of = options;
    float[] centroids =
        new FirstCentroids(of.matrices(), of.k(), of.restarts(), of.seed())
            .of(CodeSample.of(workers, weights, of.matrices()));
    Look look =
        Look.sum(
            workers.each(
                new Ended(weights, centroids),
                (worker, rows, given) -> Look.of(probabilities(given, rows, of), null, of.k())));
    ClusterBalance.check(look, CurvePoint.at(CurvePoint.CLUSTER, options.epochs()));
    return centroids;
  }

  private static float[] probabilities(Ended given, Rows rows, NoiseOptions of) {
    Centroids centroids = new Centroids(Metric.L2, given.weights().codeLength(), given.centroids());
    return TrainingTurn.take(
        () -> {
          try (OpenNetwork network = given.weights().open(centroids, of.matrices())) {
            return network.of(rows).probabilities();
          }
        });
  }
}
