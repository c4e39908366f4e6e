package org.vectormill.udfs.deep.lls;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Averaged;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.LatentShift;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.PseudoInverse;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.ClusterBalance;
import org.vectormill.udfs.deep.training.ClusterMeans;
import org.vectormill.udfs.deep.training.CodeSample;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.FirstCentroids;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.OptionRule;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.deep.training.WorkerPart;
import org.vectormill.udfs.deep.training.WorkerRows;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * Discriminate, discretise, factorise (Roberts, Mani, Garg and Lipton, Unsupervised Learning under
 * Latent Label Shift, 2022): where classes look the same in every domain but have other shares
 * there, what tells domains apart tells classes apart. A network learns to say the domain, its
 * answers are cut into pieces by k-means, and the pieces' counts in the domains are factorised into
 * classes. Each worker trains its own rows for an epoch, then the weights are averaged (local SGD);
 * a tenth of the rows is held out and says when to stop.
 */
public final class ShiftTraining implements Training<ShiftProgress> {
  private static final long PHASE = 1_000_003;

  /** Epochs without a better held-out loss after which training ends. */
  private static final int PATIENCE = 5;

  /** Least share of the domains' entropy that vectors have to explain. */
  private static final double LEAST_SHARE = 0.001;

  /** Least gain in log likelihood over all held-out rows. */
  private static final double LEAST_NATS = 10;

  private final Workers<DomainRows> workers;
  private final ShiftOptions options;
  private final int domains;

  /**
   * @param domains number of them
   * @throws VectormillException ({@code USAGE}) for more classes than domains
   */
  public ShiftTraining(Workers<DomainRows> workers, ShiftOptions options, int domains) {
    this.workers = workers;
    this.options = options;
    this.domains = domains;
    OptionRule.require(
        options.k() <= domains,
        "--k",
        options.k(),
        "at most the number of domains, " + domains + ", with --algorithm lls");
  }

  private record Network(List<Layer> layers, float scale) implements Averaged<Network> {
    Network {
      layers = List.copyOf(layers);
    }

    @Override
    public Network average(Network other, double share) {
      return new Network(Layer.averages(layers, other.layers, share), scale);
    }
  }

  private record Start(Network network, Moments moments) implements Serializable {}

  private record Cut(LatentShift network, float[] centroids) implements Serializable {}

  @Override
  public int mostParts() {
    return options.epochs();
  }

  @Override
  public ShiftProgress start(int width) {
    SplittableRandom random = new SplittableRandom(options.seed());
    List<Layer> layers = Layer.initial(width, options.widths(), domains, random);
    float scale = WorkerRows.scale(workers.seeing(DomainRows::rows), width);
    return new ShiftProgress(scale, layers, Moments.NONE, layers, null, List.of());
  }

  /**
   * An epoch; after the last one, the classes.
   *
   * @throws VectormillException ({@code QUALITY}) where a loss is no number, where vectors say
   *     nothing of their domain, and where a class is empty or has nearly all rows
   */
  @Override
  public ShiftProgress next(ShiftProgress now) {
    boolean stopped = now.parts() - now.bestEpoch() > PATIENCE && now.bestEpoch() >= 0;
    return now.parts() < options.epochs() && !stopped ? epoch(now) : now.ended(classes(now));
  }

  private ShiftProgress epoch(ShiftProgress now) {
    ShiftOptions of = options;
    long seed = options.seed() + PHASE * (1 + now.parts());
    WorkerPart<Network> learned =
        workers
            .fold(
                new Start(new Network(now.layers(), now.scale()), now.moments()),
                (worker, own, given) ->
                    own.heldOutFrom() == 0
                        ? WorkerPart.idle(given.network())
                        : WorkerPart.of(
                            worker,
                            () -> {
                              DomainSteps.Epoch done =
                                  of.steps()
                                      .run(
                                          given.network().layers(),
                                          given.moments(),
                                          given.network().scale(),
                                          own,
                                          seed + worker);
                              return new WorkerPart<>(
                                  own.heldOutFrom(),
                                  new Network(done.layers(), given.network().scale()),
                                  done.moments(),
                                  done.loss());
                            }),
                WorkerPart::with)
            .finite(CurvePoint.at(CurvePoint.PRETRAIN, now.parts()));
    Network next = learned.result();
    return now.epoch(next.layers(), learned.moments(), heldOut(next));
  }

  private double heldOut(Network network) {
    ShiftOptions of = options;
    List<DomainSteps.HeldOut> parts =
        workers.each(
            network,
            (worker, own, given) -> of.steps().heldOut(given.layers(), given.scale(), own));
    double rows = parts.stream().mapToLong(part -> LongStream.of(part.rows()).sum()).sum();
    return parts.stream().mapToDouble(DomainSteps.HeldOut::loss).sum() / Math.max(1, rows);
  }

  private LatentShift classes(ShiftProgress now) {
    LatentShift network = new LatentShift(now.scale(), now.best(), new float[0]);
    requireTold(now.bestLoss());
    float[] pieces =
        new FirstCentroids(options.matrices(), options.pieces(), options.restarts(), options.seed())
            .of(CodeSample.of(workers.seeing(DomainRows::rows), network, options.matrices()));
    long[][] counts = counts(network, pieces);
    LatentFactors factors =
        LatentFactors.of(counts, options.k(), options.restarts(), options.seed());
    LatentShift found =
        new LatentShift(now.scale(), now.best(), domainOfClass(factors.classOfDomain(), counts));
    if (PseudoInverse.of(found.domains(), domains, options.k()).isEmpty()) {
      throw new VectormillException(
          Fault.QUALITY,
          "two of %d classes have the same shares in every domain, so they can't be told apart; ask for fewer, or name domains that differ more"
              .formatted(options.k()));
    }
    ClusterBalance.check(means(found).sizes(), CurvePoint.at(CurvePoint.PRETRAIN, now.parts()));
    return found;
  }

  private long[][] counts(LatentShift network, float[] pieces) {
    ShiftOptions of = options;
    int width = domains;
    List<long[]> parts =
        workers.each(
            new Cut(network, pieces),
            (worker, own, given) -> {
              Centroids cut = new Centroids(Metric.L2, width, given.centroids());
              long[] counts = new long[cut.count() * width];
              for (int from = 0; from < own.rows().count(); from += Rows.SLICE) {
                float[] codes = Codes.of(given.network(), own.rows().slice(from), of.matrices());
                for (int i = 0; i < codes.length / width; i++) {
                  counts[nearest(cut, codes, i) * width + own.domains()[from + i]]++;
                }
              }
              return counts;
            });
    long[][] counts = new long[pieces.length / domains][domains];
    for (long[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        counts[i / domains][i % domains] += part[i];
      }
    }
    return counts;
  }

  private static int nearest(Centroids centroids, float[] codes, int row) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centroids.count(); c++) {
      double cost = centroids.cost(c, codes, row);
      if (cost < least) {
        least = cost;
        nearest = c;
      }
    }
    return nearest;
  }

  /** Rows of each domain. */
  private static long[] rows(long[][] counts) {
    long[] rows = new long[counts[0].length];
    for (long[] piece : counts) {
      for (int d = 0; d < rows.length; d++) {
        rows[d] += piece[d];
      }
    }
    return rows;
  }

  /** Rows of each domain: those that are held out, and those that are trained on. */
  private record Shares(long[] heldOut, long[] trained) implements Serializable {}

  private Shares shares() {
    int count = domains;
    List<Shares> parts =
        workers.each(
            0,
            (worker, own, none) -> {
              Shares rows = new Shares(new long[count], new long[count]);
              for (int i = 0; i < own.domains().length; i++) {
                (i < own.heldOutFrom() ? rows.trained : rows.heldOut)[own.domains()[i]]++;
              }
              return rows;
            });
    Shares all = new Shares(new long[count], new long[count]);
    for (Shares part : parts) {
      for (int d = 0; d < count; d++) {
        all.heldOut[d] += part.heldOut[d];
        all.trained[d] += part.trained[d];
      }
    }
    return all;
  }

  /**
   * A network that says no more than how large domains are has learned nothing of classes. What it
   * says beyond that, of the same rows, has to be more than chance: the best of some epochs is a
   * little better on any sample.
   */
  private void requireTold(double loss) {
    Shares rows = shares();
    double trained = LongStream.of(rows.trained()).sum();
    double heldOut = LongStream.of(rows.heldOut()).sum();
    double without = 0;
    for (int d = 0; d < domains; d++) {
      without -= rows.heldOut()[d] * Math.log(Math.max(1, rows.trained()[d]) / trained);
    }
    without /= Math.max(1, heldOut);
    double gain = without - loss;
    if (!(gain >= LEAST_SHARE * without) || gain * heldOut < LEAST_NATS) {
      throw new VectormillException(
          Fault.QUALITY,
          String.format(
              Locale.ROOT,
              "vectors say nothing of their domain: cross entropy %.4f on %,.0f held-out rows, %.4f without a look at them; name other domains, or train for longer (--epochs)",
              loss,
              heldOut,
              without));
    }
  }

  /** Bayes' rule: {@code p(d|y)} is proportional to {@code p(y|d) p(d)}. */
  private float[] domainOfClass(double[][] classOfDomain, long[][] counts) {
    int k = options.k();
    long[] rows = rows(counts);
    float[] values = new float[domains * k];
    for (int y = 0; y < k; y++) {
      double sum = 0;
      for (int d = 0; d < domains; d++) {
        sum += classOfDomain[y][d] * rows[d];
      }
      for (int d = 0; d < domains; d++) {
        values[d * k + y] = (float) (sum > 0 ? classOfDomain[y][d] * rows[d] / sum : 0);
      }
    }
    return values;
  }

  /** The mean code of each class's rows. */
  public Centroids centroids(LatentShift found) {
    return means(found).centroids(Metric.L2);
  }

  private ClusterMeans means(LatentShift found) {
    return ClusterMeans.of(
        workers.seeing(DomainRows::rows), found, options.k(), options.matrices());
  }
}
