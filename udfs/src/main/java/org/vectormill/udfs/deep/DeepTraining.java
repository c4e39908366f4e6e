package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DEC (Xie, Girshick and Farhadi, 2016) and IDEC (Guo et al., 2017) over several workers: each
 * trains its own rows for an epoch or an interval, then the weights are averaged (local SGD). The
 * target distribution's frequencies are summed over all rows.
 */
public final class DeepTraining {
  private static final Logger LOG = LoggerFactory.getLogger(DeepTraining.class);
  private static final long PHASE = 1_000_003;

  private final Workers workers;
  private final DeepOptions options;

  public DeepTraining(Workers workers, DeepOptions options) {
    this.workers = workers;
    this.options = options;
  }

  /**
   * One refresh of the target distribution.
   *
   * @param loss mean of the steps before it; NaN before the first step
   * @param changed share of the rows whose cluster is not that of the refresh before; 1 for the
   *     first
   * @param sizes rows of each cluster
   */
  public record Refresh(double loss, double changed, long[] sizes) {}

  /**
   * What came of it.
   *
   * @param refreshes the first is of the state that clustering started from
   */
  public record Outcome(DeepState state, List<Refresh> refreshes) {}

  /**
   * What pretraining came to.
   *
   * @param losses of the epochs
   */
  public record Pretrained(Autoencoder weights, List<Double> losses) {}

  private record Part(long rows, Autoencoder weights, float[] centroids, double loss)
      implements Serializable {}

  private record Look(long rows, double[] frequencies, long[] sizes, long changed)
      implements Serializable {}

  /** Learns to reconstruct, so that codes say what rows are. */
  public Pretrained pretrain(Autoencoder start) {
    List<Double> losses = new ArrayList<>();
    Autoencoder weights = start;
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Autoencoder before = weights;
      Pretraining pretraining = options.pretraining();
      long seed = options.seed() + PHASE * epoch;
      List<Part> parts =
          workers.each(
              (worker, rows) -> {
                Pretraining.Epoch done = pretraining.epoch(before, rows, seed + worker);
                return new Part(rows.count(), done.weights(), null, done.loss());
              });
      weights = Autoencoder.average(parts.stream().map(Part::weights).toList(), shares(parts));
      losses.add(loss(parts));
      LOG.info("pretraining: epoch {}, loss {}", epoch + 1, loss(parts));
    }
    return new Pretrained(weights, List.copyOf(losses));
  }

  /**
   * Clusters, from a pretrained network and centroids of its codes.
   *
   * @throws CollapsedException where a cluster is empty, or one has nearly all rows
   * @throws DivergedException where a loss is no number
   */
  public Outcome cluster(DeepState start) {
    DeepState state = start;
    List<Refresh> refreshes = new ArrayList<>();
    DeepState before = null;
    double loss = Double.NaN;
    for (int refresh = 0; refresh < options.maxRefreshes(); refresh++) {
      Look look = look(state, before);
      double changed = before == null ? 1 : (double) look.changed() / look.rows();
      refreshes.add(new Refresh(loss, changed, look.sizes()));
      LOG.info("clustering: refresh {}, loss {}, changed {}", refresh, loss, changed);
      CollapsedException.check(look.sizes(), refresh);
      if (changed < options.tolerance()) {
        break;
      }
      before = state;
      List<Part> parts = steps(state, look.frequencies(), refresh);
      double[] shares = shares(parts);
      state =
          new DeepState(
              Autoencoder.average(parts.stream().map(Part::weights).toList(), shares),
              WeightAverage.of(parts.stream().map(Part::centroids).toList(), shares));
      loss = loss(parts);
    }
    return new Outcome(state, List.copyOf(refreshes));
  }

  private Look look(DeepState state, DeepState before) {
    int k = state.clusters();
    List<Look> looks =
        workers.each(
            (worker, rows) -> {
              float[] q = Codes.assign(state.weights(), state.centroids(), rows);
              double[] frequencies = new double[k];
              SoftAssignment.addFrequencies(q, frequencies);
              int[] clusters = SoftAssignment.hard(q, k);
              long[] sizes = new long[k];
              for (int cluster : clusters) {
                sizes[cluster]++;
              }
              return new Look(rows.count(), frequencies, sizes, changed(before, rows, clusters, k));
            });
    double[] frequencies = new double[k];
    long[] sizes = new long[k];
    for (Look look : looks) {
      for (int j = 0; j < k; j++) {
        frequencies[j] += look.frequencies()[j];
        sizes[j] += look.sizes()[j];
      }
    }
    return new Look(
        looks.stream().mapToLong(Look::rows).sum(),
        frequencies,
        sizes,
        looks.stream().mapToLong(Look::changed).sum());
  }

  /** The state before gives its clusters again: to keep them would take memory for every row. */
  private static long changed(DeepState before, Rows rows, int[] clusters, int k) {
    if (before == null) {
      return rows.count();
    }
    int[] earlier =
        SoftAssignment.hard(Codes.assign(before.weights(), before.centroids(), rows), k);
    return IntStream.range(0, clusters.length).filter(i -> clusters[i] != earlier[i]).count();
  }

  private List<Part> steps(DeepState state, double[] frequencies, int refresh) {
    ClusteringSteps steps = options.steps();
    int interval = options.interval();
    long seed = options.seed() + PHASE * (options.epochs() + refresh);
    return workers.each(
        (worker, rows) -> {
          float[] q = Codes.assign(state.weights(), state.centroids(), rows);
          ClusteringSteps.State done =
              steps.run(
                  state.weights(),
                  state.centroids(),
                  rows,
                  SoftAssignment.target(q, frequencies),
                  interval,
                  seed + worker);
          return new Part(rows.count(), done.weights(), done.centroids(), done.loss());
        });
  }

  private static double[] shares(List<Part> parts) {
    double rows = parts.stream().mapToLong(Part::rows).sum();
    return parts.stream().mapToDouble(part -> part.rows() / rows).toArray();
  }

  private static double loss(List<Part> parts) {
    double[] shares = shares(parts);
    return IntStream.range(0, shares.length)
        .mapToDouble(i -> shares[i] * parts.get(i).loss())
        .sum();
  }
}
