package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.ClusteringSteps;
import org.vectormill.udfs.deep.DeepOptions;
import org.vectormill.udfs.deep.DepictOptions;
import org.vectormill.udfs.deep.DepictSteps;
import org.vectormill.udfs.deep.HeadOptions;
import org.vectormill.udfs.deep.HeadSteps;
import org.vectormill.udfs.deep.Pretraining;
import org.vectormill.udfs.vectors.MatrixSpec;
import picocli.CommandLine.Option;

/** The flags of methods that train a network. Those left out have the papers' values. */
abstract class DeepFlags extends JobCommand {
  private static final int BATCH = 256;
  private static final float GAMMA = 0.1f;
  private static final float DROPOUT = 0.2f;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description =
          "dec, idec: widths of the hidden layers and of the code; the decoder has them in reverse."
              + " Default: 500,500,2000,10. depict: width of the code. Default: 10.")
  List<Integer> layers;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "dec, idec, depict: epochs of pretraining of all layers together; icon: epochs, of at least 100"
              + " steps. Default: 50; 0 with --start.")
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
      description = "Rows of a training step. Default: dec, idec 256; depict 100; icon 512.")
  Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description =
          "Learning rate of pretraining, depict and icon (Adam). Default: 0.001; depict 0.0001.")
  Float learningRate;

  @Option(
      names = "--clustering-rate",
      paramLabel = "R",
      description =
          "dec, idec: learning rate of clustering (gradient descent with momentum). Default: 0.01.")
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
              + " as many as pass over its rows once.")
  Integer interval;

  @Option(
      names = "--max-refreshes",
      paramLabel = "N",
      description = "dec, idec, depict: most refreshes of the target distribution. Default: 100.")
  Integer maxRefreshes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "dec, idec, depict, icon: parts of the rows that are trained on their own, their weights averaged"
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
              + " 8.")
  Integer heads;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      description = "icon: nearest rows that a row is paired with. Default: 20.")
  Integer neighbours;

  @Option(
      names = "--debias",
      paramLabel = "R",
      description =
          "icon: share of chance that any two rows belong together, from 0 to below 1. Default:"
              + " 0.6.")
  Float debias;

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
    if (code.equals("dec") && gamma != null) {
      throw VectormillException.usage("--gamma goes with --algorithm idec; leave it out");
    }
    int rows = or(batch, BATCH);
    float rate = or(clusteringRate, 0.01f);
    ClusteringSteps steps =
        code.equals("dec")
            ? ClusteringSteps.dec(matrices, rows, rate)
            : ClusteringSteps.idec(matrices, rows, rate, or(gamma, GAMMA));
    return new ClusterMethod.Deep(
        code,
        new DeepOptions(
            k,
            or(layers, List.of(500, 500, 2000, 10)),
            or(layerEpochs, 0),
            or(epochs, start == null ? 50 : 0),
            new Pretraining(matrices, rows, or(learningRate, 0.001f), or(dropout, DROPOUT)),
            or(restarts, 20),
            steps,
            or(interval, 0),
            or(maxRefreshes, 100),
            or(tolerance, 0.001),
            seed()),
        or(workers, 1),
        Optional.ofNullable(start));
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
        new DepictSteps(matrices, or(batch, 100), or(learningRate, 0.0001f), or(dropout, 0.1f));
    DepictOptions options =
        new DepictOptions(
            k,
            or(filters, List.of(50, 50)),
            layers == null ? 10 : layers.get(0),
            or(epochs, 50),
            or(restarts, 20),
            steps,
            or(maxRefreshes, 100),
            or(tolerance, 0.001),
            seed());
    return new ClusterMethod.Depict(options, or(workers, 1));
  }

  /** Heads on frozen vectors, as the flags say. */
  final ClusterMethod.Heads heads(int k, MatrixSpec matrices) {
    HeadSteps steps =
        new HeadSteps(matrices, or(batch, 512), or(learningRate, 0.001f), or(debias, 0.6f));
    HeadOptions options =
        new HeadOptions(k, or(heads, 8), or(neighbours, 20), steps, or(epochs, 50), seed());
    return new ClusterMethod.Heads(options, or(workers, 1));
  }

  /**
   * Refuses flags of other algorithms.
   *
   * @throws VectormillException ({@code USAGE}) naming the flag
   */
  final void refuseFlagsOfOthers(String code) {
    boolean deep = ClusterMethod.Deep.CODES.contains(code);
    boolean icon = code.equals(ClusterMethod.Heads.CODE);
    boolean depict = code.equals(ClusterMethod.Depict.CODE);
    if (!deep) {
      refuse(code, "dec or idec", autoencoderFlags());
    }
    if (!deep && !depict) {
      refuse(code, "dec, idec or depict", codeFlags());
    }
    if (!depict) {
      refuse(code, "depict", flag("--filters", filters));
    }
    if (!icon) {
      refuse(code, "icon", headFlags());
    }
    if (!deep && !icon && !depict) {
      refuse(code, "dec, idec, depict or icon", trainingFlags());
    }
  }

  private static void refuse(String code, String owners, Map<String, Object> flags) {
    flags.forEach(
        (name, value) -> {
          if (value != null) {
            throw VectormillException.usage(
                name
                    + " goes with --algorithm "
                    + owners
                    + ", not with "
                    + code
                    + "; leave it out");
          }
        });
  }

  private static Map<String, Object> flag(String name, Object value) {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put(name, value);
    return flags;
  }

  private Map<String, Object> codeFlags() {
    Map<String, Object> flags = flag("--layers", layers);
    flags.put("--dropout", dropout);
    flags.put("--max-refreshes", maxRefreshes);
    return flags;
  }

  private Map<String, Object> headFlags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("--heads", heads);
    flags.put("--neighbours", neighbours);
    flags.put("--debias", debias);
    return flags;
  }

  private Map<String, Object> trainingFlags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("--epochs", epochs);
    flags.put("--batch", batch);
    flags.put("--learning-rate", learningRate);
    flags.put("--workers", workers);
    return flags;
  }

  private Map<String, Object> autoencoderFlags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("--layer-epochs", layerEpochs);
    flags.put("--clustering-rate", clusteringRate);
    flags.put("--gamma", gamma);
    flags.put("--interval", interval);
    return flags;
  }

  static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
