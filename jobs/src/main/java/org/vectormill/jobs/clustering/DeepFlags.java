package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.VectormillException;
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
import picocli.CommandLine.Option;

/** The flags of methods that train a network. */
abstract class DeepFlags extends JobCommand {
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

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description =
          "dec, idec, nat: widths of the hidden layers and of the code (dec, idec: the decoder has"
              + " them in reverse). Default: 500,500,2000,10. depict: width of the code. Default: 10."
              + " lls: widths of the hidden layers. Default: 500. icon: the same. Default: none.")
  List<Integer> layers;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "dec, idec, depict: epochs of pretraining of all layers together; icon: epochs, of at least 100"
              + " steps; nat: epochs; lls: epochs at most. Default: 50; 0 with --start.")
  Integer epochs;

  @Option(
      names = "--layer-epochs",
      paramLabel = "N",
      description =
          "dec, idec: epochs of each layer on its own, with dropout, before that. Default: 0.")
  Integer layerEpochs;

  @Option(
      names = "--dropout",
      paramLabel = "R",
      description =
          "dec, idec: share of the inputs that --layer-epochs drop. Default: 0.2. depict: share of"
              + " each convolution's input. Default: 0.1.")
  Float dropout;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Rows of a training step, of which each worker takes its share (icon: pairs of a step of"
              + " each worker). Default: dec, idec, nat, lls 256; depict 100; icon 512.")
  Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Learning rate of pretraining, icon, nat and lls (Adam). Default: 0.001.")
  Float learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the learning rate of pretraining goes on (of each layer's too, with --layer-epochs):"
              + " constant, or cosine, which lets it fall to nearly 0. Default: dec, idec cosine;"
              + " depict constant.")
  RateSchedule schedule;

  @Option(
      names = "--clustering-rate",
      paramLabel = "R",
      description =
          "Learning rate of clustering. Default: dec, idec 0.01 (gradient descent with momentum);"
              + " depict 0.0001 (Adam).")
  Float clusteringRate;

  @Option(
      names = "--gamma",
      paramLabel = "R",
      description =
          "idec: weight of the clustering loss beside the reconstruction loss. Default: 0.1.")
  Float gamma;

  @Option(
      names = "--interval",
      paramLabel = "N",
      description =
          "dec, idec: steps of a worker between two refreshes of the target distribution. Default:"
              + " as many as pass over its rows once. nat: epochs from one exchange of targets to the"
              + " next. Default: 3.")
  Integer interval;

  @Option(
      names = "--max-refreshes",
      paramLabel = "N",
      description =
          "dec, idec: most refreshes of the target distribution; depict: most looks at all rows, with"
              + " a pass of clustering between two. Default: 100.")
  Integer maxRefreshes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "All but kmeans: parts of the rows that are trained on their own, their weights averaged"
              + " after each epoch. One a JVM runs at a time. Default: 1.")
  Integer workers;

  @Option(
      names = "--filters",
      split = ",",
      paramLabel = "N",
      description = "depict: channels of each convolution. Default: 50,50.")
  List<Integer> filters;

  @Option(
      names = "--heads",
      paramLabel = "N",
      description =
          "icon: heads that are trained side by side, of which that of least loss is taken. Default:"
              + " 8. depict: start clustering from such heads on the codes, not from k-means.")
  Integer heads;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      description =
          "icon, depict --heads: nearest rows that a row is paired with. Default: icon 20; depict 5.")
  Integer neighbours;

  @Option(
      names = "--walk",
      paramLabel = "N",
      description =
          "icon, depict --heads: most steps, from neighbour to neighbour, to the row that a row is"
              + " paired with. Default: icon 1; depict 10.")
  Integer walk;

  @Option(
      names = "--debias",
      paramLabel = "R",
      description =
          "icon: share of chance that any two rows belong together, from 0 to below 1. Default:"
              + " 0.6.")
  Float debias;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description =
          "lls: attribute of the items that says where they come from; split for their split.")
  String domain;

  @Option(
      names = "--pieces",
      paramLabel = "N",
      description =
          "lls: pieces into which the domains' probabilities are cut. Default: three a cluster.")
  Integer pieces;

  /**
   * The method that the flags say.
   *
   * @param code {@code dec} or {@code idec}
   * @param restarts of the k-means that clustering starts from; null for the paper's 20
   * @param start URI of a file with a trained network; null for new weights
   * @param tolerance share of changed rows below which it ends; null for the paper's .001
   */
  final ClusterMethod.Deep deep(
      String code, int k, String start, Integer restarts, Double tolerance, MatrixSpec matrices) {
    int pretraining = or(epochs, start == null ? 50 : 0);
    if (start != null && pretraining == 0 && or(layerEpochs, 0) == 0) {
      requireNone("--learning-rate", learningRate);
      requireNone("--schedule", schedule);
    }
    int rows = share(BATCH);
    float rate = or(clusteringRate, 0.01f);
    ClusteringSteps steps =
        code.equals("dec")
            ? ClusteringSteps.dec(matrices, rows, rate)
            : ClusteringSteps.idec(matrices, rows, rate, or(gamma, GAMMA));
    return new ClusterMethod.Deep(
        code,
        new DeepOptions(
            k,
            or(layers, WIDTHS),
            layerEpochs(),
            pretraining,
            new Pretraining(
                matrices,
                rows,
                or(learningRate, 0.001f),
                or(schedule, RateSchedule.COSINE),
                or(dropout, DROPOUT)),
            or(restarts, 20),
            steps,
            or(interval, 0),
            or(maxRefreshes, 100),
            or(tolerance, 0.001),
            seed()),
        or(workers, 1),
        Optional.ofNullable(start));
  }

  private static void requireNone(String flag, Object given) {
    if (given != null) {
      throw VectormillException.usage(
          "%s is of pretraining, of which there is none; give --epochs too, or leave it out"
              .formatted(flag));
    }
  }

  private int layerEpochs() {
    int each = or(layerEpochs, 0);
    if (dropout != null && each == 0) {
      throw VectormillException.usage(
          "--dropout %s is of --layer-epochs, of which there are none; give these too, or leave it out"
              .formatted(dropout));
    }
    return each;
  }

  /**
   * DEPICT, as the flags say.
   *
   * @param restarts of the k-means that clustering starts from; null for 20
   * @param tolerance share of changed rows below which it ends; null for .001
   */
  final ClusterMethod.Depict depict(
      int k, Integer restarts, Double tolerance, MatrixSpec matrices) {
    if (layers != null && layers.size() != 1) {
      throw VectormillException.usage(
          "--layers must be one number with --algorithm depict, the width of the code, got "
              + layers);
    }
    DepictSteps steps =
        new DepictSteps(
            matrices, share(100), or(learningRate, 0.001f), or(dropout, 0.1f), HIDDEN, WINDOW);
    DepictOptions options =
        new DepictOptions(
            k,
            or(filters, List.of(50, 50)),
            layers == null ? 10 : layers.get(0),
            or(epochs, 50),
            or(restarts, 20),
            firstHeads(k, restarts, matrices),
            steps,
            or(schedule, RateSchedule.CONSTANT),
            or(clusteringRate, 0.0001f),
            or(maxRefreshes, 100),
            or(tolerance, 0.001),
            seed());
    return new ClusterMethod.Depict(options, or(workers, 1));
  }

  /** What depict starts clustering from, as the flags say; empty for k-means. */
  private Optional<HeadOptions> firstHeads(int k, Integer restarts, MatrixSpec matrices) {
    if (heads == null && (neighbours != null || walk != null)) {
      throw VectormillException.usage(
          "--neighbours and --walk with --algorithm depict are of --heads; give it too, or leave them out");
    }
    if (heads != null && restarts != null) {
      throw VectormillException.usage(
          "--restarts %d is of the k-means that --heads %d takes the place of; leave one out"
              .formatted(restarts, heads));
    }
    if (heads == null) {
      return Optional.empty();
    }
    HeadSteps steps = new HeadSteps(matrices, HEAD_BATCH, 0.001f, DEBIAS, or(walk, 10));
    return Optional.of(
        new HeadOptions(k, List.of(512, 512), heads, or(neighbours, 5), steps, 10, seed()));
  }

  /** Heads on frozen vectors, as the flags say. */
  final ClusterMethod.Heads heads(int k, MatrixSpec matrices) {
    HeadSteps steps =
        new HeadSteps(
            matrices,
            or(batch, HEAD_BATCH),
            or(learningRate, 0.001f),
            or(debias, DEBIAS),
            or(walk, 1));
    HeadOptions options =
        new HeadOptions(
            k,
            or(layers, List.of()),
            or(heads, 8),
            or(neighbours, 20),
            steps,
            or(epochs, 50),
            seed());
    return new ClusterMethod.Heads(options, or(workers, 1));
  }

  /**
   * Noise as Targets, as the flags say.
   *
   * @param restarts of the k-means of codes; null for 20
   */
  final ClusterMethod.Noise noise(int k, Integer restarts, MatrixSpec matrices) {
    NoiseOptions options =
        new NoiseOptions(
            k,
            or(layers, WIDTHS),
            or(epochs, 50),
            or(interval, 3),
            or(restarts, 20),
            new NoiseSteps(matrices, share(BATCH), or(learningRate, 0.001f)),
            seed());
    return new ClusterMethod.Noise(options, or(workers, 1));
  }

  /**
   * Latent label shift, as the flags say.
   *
   * @param restarts of the k-means that cuts pieces and of the factorisation; null for 20
   */
  final ClusterMethod.Shift shift(int k, Integer restarts, MatrixSpec matrices) {
    ShiftOptions options =
        new ShiftOptions(
            k,
            or(layers, List.of(500)),
            or(epochs, 50),
            pieces == null ? (int) Math.min(10_000, 3L * k) : pieces,
            or(restarts, 20),
            new DomainSteps(matrices, share(BATCH), or(learningRate, 0.001f)),
            seed());
    return new ClusterMethod.Shift(options, domain, or(workers, 1));
  }

  /**
   * Rows of one worker's step. All workers' steps together have the batch, so an epoch has as many
   * steps as one worker alone would make: with whole batches, eight workers would make an eighth,
   * and learn so much less.
   */
  private int share(int otherwise) {
    int rows = or(batch, otherwise);
    return rows < 2 ? rows : Math.max(2, rows / Math.max(1, or(workers, 1)));
  }

  static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
