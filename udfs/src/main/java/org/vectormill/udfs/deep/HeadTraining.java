package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Centroids;

/**
 * I-Con's clustering of frozen vectors over several workers: several heads see the same pairs, and
 * the one of least loss is taken. Each worker finds neighbours among its own rows and trains on
 * them for a round, then the weights are averaged (local SGD). What comes next depends on the
 * {@link HeadProgress} alone, so training can go on after a kill.
 */
public final class HeadTraining implements Training<HeadProgress>, AutoCloseable {
  private static final long PHASE = 1_000_003;

  private final Workers<Rows> workers;
  private final HeadOptions options;
  private Workers<PairedRows> paired;

  public HeadTraining(Workers<Rows> workers, HeadOptions options) {
    this.workers = workers;
    this.options = options;
  }

  /**
   * What one worker came to.
   *
   * @param failure why it came to nothing; null where it did not
   */
  private record Part(long rows, Layer heads, double[] losses, String failure)
      implements Serializable {}

  private record Heads(float scale, Layer layer) implements Serializable {}

  private record Sums(long[] sizes, double[] sums) implements Serializable {}

  @Override
  public int mostParts() {
    return options.rounds();
  }

  @Override
  public HeadProgress start(int width) {
    int outputs = Math.multiplyExact(options.heads(), options.k());
    SplittableRandom random = new SplittableRandom(options.seed());
    return HeadProgress.start(
        WorkerRows.scale(workers, width), Layer.initial(width, outputs, false, random));
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
    if (paired == null) {
      paired =
          workers.with(
              rows ->
                  new PairedRows(
                      rows, Neighbours.of(rows, of.metric(), of.neighbours(), of.matrices())));
    }
    long seed = options.seed() + PHASE * (1 + now.parts());
    List<Part> parts =
        paired.each(
            new Heads(now.scale(), now.heads()),
            (worker, own, given) -> {
              if (own.rows().count() == 0) {
                return new Part(0, given.layer(), new double[of.heads()], null);
              }
              try {
                HeadSteps.Round done =
                    of.steps().run(given.layer(), of.k(), given.scale(), own, seed + worker);
                return new Part(own.rows().count(), done.heads(), done.losses(), null);
              } catch (DivergedException e) {
                return new Part(0, null, null, e.getMessage());
              }
            });
    requireFinite(parts, now.parts());
    double all = parts.stream().mapToLong(Part::rows).sum();
    double[] shares = parts.stream().mapToDouble(part -> part.rows() / all).toArray();
    double[] losses = new double[options.heads()];
    for (int worker = 0; worker < shares.length; worker++) {
      for (int head = 0; head < losses.length; head++) {
        losses[head] += shares[worker] * parts.get(worker).losses()[head];
      }
    }
    return now.round(
        Layer.average(parts.stream().map(Part::heads).toList(), shares),
        losses,
        new CurvePoint(
            CurvePoint.CLUSTER,
            now.parts(),
            IntStream.range(0, losses.length).mapToDouble(head -> losses[head]).min().orElseThrow(),
            Double.NaN));
  }

  private static void requireFinite(List<Part> parts, int round) {
    for (int worker = 0; worker < parts.size(); worker++) {
      if (parts.get(worker).failure() != null) {
        throw new VectormillException(
            Fault.QUALITY,
            "%s of round %d, worker %d; the checkpoint before it is kept; lower --learning-rate, or look for huge components in the input"
                .formatted(parts.get(worker).failure(), round, worker));
      }
    }
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
        ClusterBalance.check(sums(now.head(head, options.k())).sizes(), now.parts());
        return head;
      } catch (VectormillException e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  /** The head that was taken. */
  public ClusterHead head(HeadProgress ended) {
    return ended.head(ended.chosen(), options.k());
  }

  /** The mean of each cluster's rows: where the clusters of a head lie. */
  public Centroids centroids(ClusterHead head) {
    Sums sums = sums(head);
    int d = head.inputs();
    float[] means = new float[options.k() * d];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums.sums()[i] / Math.max(1, sums.sizes()[i / d]));
    }
    return new Centroids(options.metric(), d, means).normalised();
  }

  private Sums sums(ClusterHead head) {
    HeadOptions of = options;
    List<Sums> parts = workers.each(head, (worker, rows, given) -> sums(given, rows, of));
    Sums all = new Sums(new long[of.k()], new double[of.k() * head.inputs()]);
    for (Sums part : parts) {
      for (int c = 0; c < of.k(); c++) {
        all.sizes()[c] += part.sizes()[c];
      }
      for (int i = 0; i < all.sums().length; i++) {
        all.sums()[i] += part.sums()[i];
      }
    }
    return all;
  }

  private static Sums sums(ClusterHead head, Rows rows, HeadOptions of) {
    int d = head.inputs();
    Sums sums = new Sums(new long[of.k()], new double[of.k() * d]);
    float[] probabilities =
        TrainingTurn.take(
            () -> {
              try (HeadNetwork network = new HeadNetwork(head, of.matrices())) {
                return network.of(rows).probabilities();
              }
            });
    int[] clusters = SoftAssignment.hard(probabilities, of.k());
    for (int i = 0; i < clusters.length; i++) {
      sums.sizes()[clusters[i]]++;
      for (int j = 0; j < d; j++) {
        sums.sums()[clusters[i] * d + j] += rows.values()[i * d + j];
      }
    }
    return sums;
  }

  @Override
  public void close() {
    if (paired != null) {
      paired.close();
    }
  }
}
