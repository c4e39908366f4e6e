package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * DEC (Xie, Girshick and Farhadi, 2016) and IDEC (Guo et al., 2017) over several workers, part by
 * part: each worker trains its own rows for an epoch or an interval, then the weights are averaged
 * (local SGD). The target distribution's frequencies are summed over all rows. What comes next
 * depends on the {@link DeepProgress} alone, so training can go on after a kill.
 */
public final class DeepTraining implements Training<DeepProgress> {
  private static final long PHASE = 1_000_003;
  private static final long SAMPLE_BYTES = 64L << 20;

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

  /**
   * What one worker came to.
   *
   * @param failure why it came to nothing; null where it did not
   */
  private record Part(
      long rows, Autoencoder weights, float[] centroids, double loss, String failure)
      implements Serializable {}

  private record Look(long rows, double[] frequencies, long[] sizes, long changed)
      implements Serializable {}

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
    List<Part> parts =
        workers.each(
            now.weights(),
            (worker, rows, weights) -> {
              if (rows.count() == 0) {
                return new Part(0, weights, null, 0, null);
              }
              return part(
                  () -> {
                    Pretraining.Epoch done =
                        single
                            ? pretraining.layerEpoch(weights, layer, rows, seed + worker)
                            : pretraining.epoch(weights, rows, seed + worker);
                    return new Part(rows.count(), done.weights(), null, done.loss(), null);
                  });
            });
    requireFinite(parts, now);
    return now.epoch(
        Autoencoder.average(parts.stream().map(Part::weights).toList(), shares(parts)),
        new CurvePoint(
            single ? CurvePoint.LAYER : CurvePoint.PRETRAIN,
            single ? now.epochs() : now.epochs() - layers,
            loss(parts),
            Double.NaN));
  }

  private float[] firstCentroids(DeepProgress now) {
    int length = now.weights().codeLength();
    long most = SAMPLE_BYTES / Float.BYTES / length;
    long all = WorkerRows.count(workers);
    DeepOptions of = options;
    List<float[]> codes =
        workers.each(
            now.weights(),
            (worker, rows, weights) -> {
              // Each worker's rows lie in the order of their hashes: the first are a sample.
              int taken = (int) (rows.count() * Math.min(1, (double) most / all));
              float[] first = Arrays.copyOf(rows.values(), taken * rows.width());
              return Codes.of(weights, new Rows(first, rows.width()), of.matrices());
            });
    return new FirstCentroids(of.matrices(), of.k(), of.restarts(), of.seed())
        .of(sample(codes, length));
  }

  private static WeightedRows sample(List<float[]> codes, int length) {
    int count = codes.stream().mapToInt(part -> part.length / length).sum();
    float[] values = new float[count * length];
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    int at = 0;
    for (float[] part : codes) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return new WeightedRows(
        length, values, IntStream.range(0, count).asLongStream().toArray(), weights);
  }

  private DeepProgress refresh(DeepProgress now) {
    Look look = look(now);
    int refresh = now.refreshes();
    double changed = now.before() == null ? 1 : (double) look.changed() / look.rows();
    ClusterBalance.check(look.sizes(), refresh);
    if (changed < options.tolerance() || refresh + 1 >= options.maxRefreshes()) {
      return now.ended(new CurvePoint(CurvePoint.CLUSTER, refresh, Double.NaN, changed));
    }
    List<Part> parts = steps(now.state(), look.frequencies(), refresh);
    requireFinite(parts, now);
    double[] shares = shares(parts);
    DeepState next =
        new DeepState(
            Autoencoder.average(parts.stream().map(Part::weights).toList(), shares),
            WeightAverage.of(parts.stream().map(Part::centroids).toList(), shares));
    return now.refreshed(next, new CurvePoint(CurvePoint.CLUSTER, refresh, loss(parts), changed));
  }

  private Look look(DeepProgress now) {
    int k = options.k();
    DeepOptions of = options;
    List<Look> looks =
        workers.each(
            new Refresh(now.state(), now.before()),
            (worker, rows, given) -> {
              float[] q = Codes.assign(given.state(), rows, of.matrices());
              double[] frequencies = new double[k];
              SoftAssignment.addFrequencies(q, frequencies);
              int[] clusters = SoftAssignment.hard(q, k);
              long[] sizes = new long[k];
              for (int cluster : clusters) {
                sizes[cluster]++;
              }
              long changed = rows.count();
              if (given.before() != null) {
                // To keep the clusters themselves would take memory for every row.
                changed =
                    changed(
                        clusters,
                        SoftAssignment.hard(Codes.assign(given.before(), rows, of.matrices()), k));
              }
              return new Look(rows.count(), frequencies, sizes, changed);
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

  private static long changed(int[] clusters, int[] earlier) {
    return IntStream.range(0, clusters.length).filter(i -> clusters[i] != earlier[i]).count();
  }

  private List<Part> steps(DeepState state, double[] frequencies, int refresh) {
    DeepOptions of = options;
    ClusteringSteps steps = options.steps();
    long seed = options.seed() + PHASE * (options.allEpochs() + refresh);
    return workers.each(
        new Pull(state, frequencies),
        (worker, rows, given) -> {
          if (rows.count() == 0) {
            return new Part(0, given.state().weights(), given.state().centroids(), 0, null);
          }
          float[] q = Codes.assign(given.state(), rows, of.matrices());
          int pass = Math.max(1, rows.count() / steps.batch());
          return part(
              () -> {
                ClusteringSteps.Trained done =
                    steps.run(
                        given.state(),
                        rows,
                        SoftAssignment.target(q, given.frequencies()),
                        of.interval() == 0 ? pass : of.interval(),
                        seed + worker);
                DeepState end = done.state();
                return new Part(rows.count(), end.weights(), end.centroids(), done.loss(), null);
              });
        });
  }

  /** A worker that diverges would only do so again: it is not a task to be tried anew. */
  private static Part part(Supplier<Part> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      return new Part(0, null, null, Double.NaN, e.getMessage());
    }
  }

  private static void requireFinite(List<Part> parts, DeepProgress last) {
    for (int worker = 0; worker < parts.size(); worker++) {
      if (parts.get(worker).failure() != null) {
        throw new VectormillException(
            Fault.QUALITY,
            "%s of part %d, worker %d; the checkpoint before it is kept; lower --learning-rate or --clustering-rate, or look for huge components in the input"
                .formatted(parts.get(worker).failure(), last.parts(), worker));
      }
    }
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
