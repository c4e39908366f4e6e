package org.vectormill.jobs.clustering;

import static org.vectormill.jobs.clustering.ClusterFlags.or;

import java.util.List;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.dec.Averages;
import org.vectormill.udfs.deep.dec.ClusteringSteps;
import org.vectormill.udfs.deep.dec.DeepOptions;
import org.vectormill.udfs.deep.dec.Pretraining;
import org.vectormill.udfs.deep.depict.DepictOptions;
import org.vectormill.udfs.deep.depict.DepictSteps;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadSteps;
import org.vectormill.udfs.deep.lls.DomainSteps;
import org.vectormill.udfs.deep.lls.ShiftOptions;
import org.vectormill.udfs.deep.nat.NoiseOptions;
import org.vectormill.udfs.deep.nat.NoiseSteps;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * The methods that train a network, as the flags say, with our defaults where one is left out.
 *
 * @param flags of the command line and of a configuration file
 * @param k number of clusters
 * @param matrices where products run
 * @param seed of everything random
 */
record DeepMethods(DeepFlags flags, int k, MatrixSpec matrices, long seed) {
  private static final int BATCH = 256;
  private static final List<Integer> WIDTHS = List.of(500, 500, 2000, 10);
  private static final float GAMMA = 0.1f;
  private static final float DROPOUT = 0.2f;

  /** Steps over which depict takes the clusters' frequencies. */
  private static final int WINDOW = 50;

  /** Of heads: rows of a step, and the share of chance. */
  private static final int HEAD_BATCH = 512;

  private static final float DEBIAS = 0.6f;

  /** Weight of hidden layers' reconstruction in depict. */
  private static final float HIDDEN = 0.1f;

  /**
   * DEC or IDEC.
   *
   * @param code {@code dec} or {@code idec}
   */
  ClusterMethod.Deep deep(String code) {
    int pretraining = or(flags.epochs, flags.start == null ? 50 : 0);
    if (flags.start != null && pretraining == 0 && or(flags.layerEpochs, 0) == 0) {
      requireNone("--learning-rate", flags.learningRate);
      requireNone("--schedule", flags.schedule);
    }
    int rows = share(BATCH);
    float rate = or(flags.clusteringRate, 0.01f);
    ClusteringSteps steps =
        code.equals("dec")
            ? ClusteringSteps.dec(matrices, rows, rate)
            : ClusteringSteps.idec(matrices, rows, rate, or(flags.gamma, GAMMA));
    return new ClusterMethod.Deep(
        code,
        new DeepOptions(
            k,
            or(flags.layers, WIDTHS),
            layerEpochs(),
            pretraining,
            new Pretraining(
                matrices,
                rows,
                or(flags.learningRate, 0.001f),
                or(flags.schedule, RateSchedule.COSINE),
                or(flags.dropout, DROPOUT)),
            or(flags.restarts, 20),
            steps,
            or(flags.interval, 0),
            averages(),
            or(flags.maxRefreshes, 100),
            or(flags.tolerance, 0.001),
            seed),
        or(flags.workers, 1),
        Optional.ofNullable(flags.start));
  }

  private static void requireNone(String flag, Object given) {
    if (given != null) {
      throw VectormillException.usage(
          "%s is of pretraining, of which there is none; give --epochs too, or leave it out"
              .formatted(flag));
    }
  }

  private Averages averages() {
    boolean alone = or(flags.workers, 1) == 1;
    if (flags.averages == null) {
      return alone ? Averages.ONCE : Averages.BY_STEPS;
    }
    if (alone) {
      throw VectormillException.usage(
          "--averages %d is of several workers' weights; give --workers too, or leave it out"
              .formatted(flags.averages));
    }
    return Averages.of(flags.averages);
  }

  private int layerEpochs() {
    int each = or(flags.layerEpochs, 0);
    if (flags.dropout != null && each == 0) {
      throw VectormillException.usage(
          "--dropout %s is of --layer-epochs, of which there are none; give these too, or leave it out"
              .formatted(flags.dropout));
    }
    return each;
  }

  /** DEPICT. */
  ClusterMethod.Depict depict() {
    if (flags.layers != null && flags.layers.size() != 1) {
      throw VectormillException.usage(
          "--layers must be one number with --algorithm depict, the width of the code, got "
              + flags.layers);
    }
    DepictSteps steps =
        new DepictSteps(
            matrices,
            share(100),
            or(flags.learningRate, 0.001f),
            or(flags.dropout, 0.1f),
            HIDDEN,
            WINDOW);
    DepictOptions options =
        new DepictOptions(
            k,
            or(flags.filters, List.of(50, 50)),
            flags.layers == null ? 10 : flags.layers.get(0),
            or(flags.epochs, 50),
            or(flags.restarts, 20),
            firstHeads(),
            steps,
            or(flags.schedule, RateSchedule.CONSTANT),
            or(flags.clusteringRate, 0.0001f),
            or(flags.maxRefreshes, 100),
            or(flags.tolerance, 0.001),
            seed);
    return new ClusterMethod.Depict(options, or(flags.workers, 1));
  }

  /** What depict starts clustering from, as the flags say; empty for k-means. */
  private Optional<HeadOptions> firstHeads() {
    if (flags.heads == null && (flags.neighbours != null || flags.walk != null)) {
      throw VectormillException.usage(
          "--neighbours and --walk with --algorithm depict are of --heads; give it too, or leave them out");
    }
    if (flags.heads != null && flags.restarts != null) {
      throw VectormillException.usage(
          "--restarts %d is of the k-means that --heads %d takes the place of; leave one out"
              .formatted(flags.restarts, flags.heads));
    }
    if (flags.heads == null) {
      return Optional.empty();
    }
    HeadSteps steps = new HeadSteps(matrices, HEAD_BATCH, 0.001f, DEBIAS, or(flags.walk, 10));
    return Optional.of(
        new HeadOptions(
            k, List.of(512, 512), flags.heads, or(flags.neighbours, 5), steps, 10, seed));
  }

  /** Heads on frozen vectors. */
  ClusterMethod.Heads heads() {
    HeadSteps steps =
        new HeadSteps(
            matrices,
            or(flags.batch, HEAD_BATCH),
            or(flags.learningRate, 0.001f),
            or(flags.debias, DEBIAS),
            or(flags.walk, 1));
    HeadOptions options =
        new HeadOptions(
            k,
            or(flags.layers, List.of()),
            or(flags.heads, 8),
            or(flags.neighbours, 20),
            steps,
            or(flags.epochs, 50),
            seed);
    return new ClusterMethod.Heads(options, or(flags.workers, 1));
  }

  /** Noise as Targets. */
  ClusterMethod.Noise noise() {
    NoiseOptions options =
        new NoiseOptions(
            k,
            or(flags.layers, WIDTHS),
            or(flags.epochs, 50),
            or(flags.interval, 3),
            or(flags.restarts, 20),
            new NoiseSteps(matrices, share(BATCH), or(flags.learningRate, 0.001f)),
            seed);
    return new ClusterMethod.Noise(options, or(flags.workers, 1));
  }

  /** Latent label shift. */
  ClusterMethod.Shift shift() {
    ShiftOptions options =
        new ShiftOptions(
            k,
            or(flags.layers, List.of(500)),
            or(flags.epochs, 50),
            flags.pieces == null ? (int) Math.min(10_000, 3L * k) : flags.pieces,
            or(flags.restarts, 20),
            new DomainSteps(matrices, share(BATCH), or(flags.learningRate, 0.001f)),
            seed);
    return new ClusterMethod.Shift(options, flags.domain, or(flags.workers, 1));
  }

  /**
   * Rows of one worker's step. All workers' steps together have the batch, so an epoch has as many
   * steps as one worker alone would make: with whole batches, eight workers would make an eighth,
   * and learn so much less.
   */
  private int share(int otherwise) {
    int rows = or(flags.batch, otherwise);
    return rows < 2 ? rows : Math.max(2, rows / Math.max(1, or(flags.workers, 1)));
  }
}
