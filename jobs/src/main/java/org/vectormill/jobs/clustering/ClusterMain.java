package org.vectormill.jobs.clustering;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill cluster}. */
@Command(
    name = "cluster",
    header = "Groups vectors, and gives new ones to the groups.",
    description = {
      "%nReads a table of vectors, or makes one of items (--features), finds clusters with k-means, or",
      "with a network that learns codes (dec, idec, depict, nat), a head that is trained on them (icon), or by",
      "what tells domains apart (lls), and writes below --output the tables clusters (one row an item), centroids",
      "(one row a cluster) and metrics (what each cluster is), and model.safetensors, which --assign",
      "applies to new waves. A killed run goes on from its last iteration or epoch."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill cluster --input out/vectors --k 100 --output out/topics",
      "  vectormill cluster --input out/vectors --k 10 --restarts 5 --report-labels --output out/ten",
      "  vectormill cluster --input out/vectors --k 2000 --batch-rows 100000 --max-iterations 200 \\",
      "      --output out/many",
      "  vectormill cluster --input out/vectors --k auto --k-range 5,10,20,50 --output out/found",
      "  vectormill cluster --algorithm idec --input out/vectors --k 10 --output out/deep",
      "  vectormill cluster --algorithm depict --input out/pictures --features pixels:28x28:grey \\",
      "      --k 10 --output out/digits",
      "  vectormill cluster --algorithm icon --input out/vectors --k 20 --output out/kinds",
      "  vectormill cluster --algorithm lls --domain site --input out/vectors --k 5 \\",
      "      --output out/classes",
      "  vectormill cluster --algorithm dec --input out/items --features tfidf --k 10 \\",
      "      --output out/terms",
      "  vectormill cluster --input out/vectors --levels 2000,200,20 --output out/tree",
      "  vectormill cluster --input out/vectors --assign out/topics/model.safetensors \\",
      "      --output out/topics",
      "  duckdb -c \"SELECT cluster, count(*) FROM read_parquet('out/topics/clusters/wave=*/*.parquet')"
          + " GROUP BY 1\""
    })
public final class ClusterMain extends DeepFlags {
  private static final int PROBES = 8;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "Vectors table; with --features, items table.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Directory for clusters, centroids, metrics and model.safetensors.")
  String output;

  @Option(
      names = "--features",
      paramLabel = "KIND",
      description =
          "Make the vectors of items first, into OUTPUT/features: tfidf or tfidf:N of texts (the N"
              + " most frequent terms, default 2000), pixels:WxH:grey or pixels:WxH:rgb of images.")
  String features;

  @Option(
      names = "--algorithm",
      paramLabel = "kmeans|dec|idec|depict|icon|nat|lls",
      defaultValue = "kmeans",
      description =
          "How clusters are found: k-means of the vectors; deep embedded clustering (Xie et al."
              + " 2016); the same with its reconstruction loss kept (Guo et al. 2017); a convolutional network of"
              + " images (DEPICT, Dizaji et al. 2017); a head on the vectors"
              + " that keeps neighbours together (I-Con, Alshammari et al. 2025); codes that are drawn to"
              + " noise (NAT, Bojanowski and Joulin 2017); classes whose shares differ between --domain"
              + " (latent label shift, Roberts et al. 2022). Default: ${DEFAULT-VALUE}.")
  String algorithm;

  @Option(
      names = "--k",
      paramLabel = "N|auto",
      description =
          "Number of clusters, or auto for the one of the largest silhouette among --k-range on a"
              + " sample. Needed unless --levels or --assign is given.")
  String k;

  @Option(
      names = "--k-range",
      split = ",",
      paramLabel = "N",
      defaultValue = "2,3,4,5,6,8,10,12,15,20,25,30,40,50",
      description = "Numbers of clusters that --k auto tries. Default: ${DEFAULT-VALUE}.")
  List<Integer> kRange;

  @Option(
      names = "--levels",
      split = ",",
      paramLabel = "N",
      description =
          "Clusters of each level, lowest first, in place of --k: each level clusters the centroids"
              + " of the one below.")
  List<Integer> levels;

  @Option(
      names = "--level-method",
      paramLabel = "kmeans|average",
      defaultValue = "kmeans",
      description =
          "How levels above the lowest are found: k-means, or agglomerative with average linkage (at"
              + " most 10,000 clusters). Default: ${DEFAULT-VALUE}.")
  LevelMethod levelMethod;

  @Option(
      names = "--join-within",
      paramLabel = "D",
      description =
          "One more level: clusters whose centroids are at most D apart (1 - cosine, or Euclidean),"
              + " directly or by way of others, are one. Default: no such level.")
  Double joinWithin;

  @Option(
      names = "--balanced",
      paramLabel = "R",
      description =
          "No cluster may have more than R times the mean number of rows; boundaries are moved until"
              + " that holds. Default: no bound.")
  Double balanced;

  @Option(
      names = "--metric",
      paramLabel = "auto|cosine|l2",
      defaultValue = "auto",
      description =
          "What near means: cosine scales vectors to unit length (spherical k-means). Default:"
              + " auto, the table's own.")
  String metric;

  @Option(
      names = "--init",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "First centroids: auto, kmeans||, kmeans++ or random; kmeans|| samples all rows in rounds, kmeans++ a bounded sample. Default:"
              + " auto, kmeans|| below 5,000 clusters, else random.")
  String init;

  @Option(
      names = "--start",
      paramLabel = "URI",
      description =
          "Start from the centroids of a model, or of any safetensors file with a tensor centroids;"
              + " dec and idec from the network of a model or of a pretrained.safetensors.")
  String start;

  @Option(
      names = "--max-iterations",
      paramLabel = "N",
      defaultValue = "50",
      description = "Most passes over the rows of one start. Default: ${DEFAULT-VALUE}.")
  int maxIterations;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description =
          "A start ends where the inertia falls by less than this share (default 1e-4); dec, idec and"
              + " depict where a smaller share of the rows changes its cluster (default 1e-3).")
  Double tolerance;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description =
          "Starts of k-means, of which the one of least inertia is kept. Default: 1; 20 for codes"
              + " of the deep algorithms.")
  Integer restarts;

  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "About so many random rows in each iteration (mini-batch); 0 for all. Default:"
              + " ${DEFAULT-VALUE}.")
  long batchRows;

  @Option(
      names = "--approximate",
      description =
          "k-means: compare a row with the centroids of the nearest --probes of about sqrt(k) groups"
              + " only. The share of rows that have their nearest all the same is measured and"
              + " reported.")
  boolean approximate;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "Groups that --approximate looks into. Default: 8.")
  Integer probes;

  @Option(
      names = "--assign",
      paramLabel = "MODEL",
      description = "Find no clusters: give new rows to those of a saved model.")
  String assign;

  @Option(
      names = "--retrain",
      description = "Replace clusters of other rows or options that are in --output.")
  boolean retrain;

  @Option(
      names = "--keep-numbers",
      description =
          "With --retrain: a cluster gets the number of the earlier one that it has most rows in"
              + " common with.")
  boolean keepNumbers;

  @Option(
      names = "--report-labels",
      description = "Compare clusters with the items' labels: accuracy, NMI, ARI.")
  boolean reportLabels;

  @Option(
      names = "--items",
      paramLabel = "URI",
      description =
          "Items table with labels and contents. Default: the one that the vectors are made of.")
  String items;

  @Option(
      names = "--describe-clusters",
      negatable = true,
      description =
          "Say what each cluster is: terms of texts among the metrics, contact sheets of images."
              + " Default: where the items table is found.")
  Boolean described;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpu:N",
      defaultValue = "auto",
      description = "Where matrix products run. Default: ${DEFAULT-VALUE}.")
  String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one task's products. Default: spark.task.cpus; for the training of dec and idec"
              + " the cores of an executor, as one network at a time is trained there.")
  Integer threads;

  @Override
  public Integer call() {
    return run(this::options, new ClusterJob());
  }

  private ClusterOptions options() {
    return new ClusterOptions(
        input,
        Optional.ofNullable(features).map(Features::of),
        output,
        assign == null ? train() : assignment(),
        reportLabels,
        Optional.ofNullable(items),
        Optional.ofNullable(described),
        new MatrixSpec(device, threads == null ? taskCores() : threads),
        jobOptions());
  }

  private ClusterOptions.Train train() {
    if ((k == null) == (levels == null)) {
      throw VectormillException.usage(
          "give one of --k and --levels: how many clusters there shall be");
    }
    boolean choose = "auto".equals(k);
    requireWanted("--k-range", choose, "--k auto");
    requireWanted("--level-method", levels != null, "--levels");
    if (choose && algorithm.equals(ClusterMethod.Shift.CODE)) {
      throw VectormillException.usage(
          "--k auto judges how near rows are, which --algorithm lls doesn't ask; give a number");
    }
    int lowest = choose ? Collections.max(kRange) : k == null ? levels.get(0) : number();
    return new ClusterOptions.Train(
        method(lowest),
        choose ? kRange.stream().sorted().distinct().toList() : List.of(),
        chosenMetric(),
        retrain,
        keepNumbers);
  }

  /** Refuses a flag that another one asks for, where that is left out. */
  private void requireWanted(String flag, boolean wanted, String by) {
    if (given().contains(flag) && !wanted) {
      throw VectormillException.usage(flag + " goes with " + by + "; give both or neither");
    }
  }

  private ClusterMethod method(int lowest) {
    if (!ClusterMethod.CODES.contains(algorithm)) {
      throw VectormillException.usage(
          "--algorithm must be one of " + ClusterMethod.CODES + ", got " + algorithm);
    }
    FlagOwners.require(algorithm, given());
    if (algorithm.equals(ClusterMethod.KMeans.CODE)) {
      return kMeans(lowest);
    }
    MatrixSpec matrices = new MatrixSpec(device, threads == null ? executorCores() : threads);
    return switch (algorithm) {
      case ClusterMethod.Heads.CODE -> heads(lowest, matrices);
      case ClusterMethod.Noise.CODE -> noise(lowest, restarts, matrices);
      case ClusterMethod.Shift.CODE -> shift(lowest, restarts, matrices);
      case ClusterMethod.Depict.CODE -> depict(lowest, restarts, tolerance, matrices);
      default -> deep(algorithm, lowest, start, restarts, tolerance, matrices);
    };
  }

  private ClusterMethod.KMeans kMeans(int lowest) {
    if (start != null && given().contains("--init")) {
      throw VectormillException.usage(
          "--init " + init + " with --start " + start + ": first centroids are one or the other");
    }
    if (batchRows > 0 && tolerance != null) {
      throw VectormillException.usage(
          "--tolerance %s with --batch-rows %d: mini-batches go on for --max-iterations; leave one out"
              .formatted(tolerance, batchRows));
    }
    KMeansOptions options =
        new KMeansOptions(
            lowest,
            start == null ? Initialisation.of(init) : Initialisation.FILE,
            Optional.ofNullable(start),
            maxIterations,
            or(tolerance, 1e-4),
            or(restarts, 1),
            batchRows,
            probes());
    return new ClusterMethod.KMeans(
        options,
        levels == null ? List.of() : levels.subList(1, levels.size()),
        levelMethod,
        Optional.ofNullable(joinWithin),
        Optional.ofNullable(balanced).map(Balance::new));
  }

  /** Groups of centroids that a row is compared with; 0 for all centroids. */
  private int probes() {
    requireWanted("--probes", approximate, "--approximate");
    if (approximate && balanced != null) {
      throw VectormillException.usage(
          "--approximate doesn't go with --balanced, whose bound needs all distances; leave one out");
    }
    return approximate ? or(probes, PROBES) : 0;
  }

  private int number() {
    try {
      return Integer.parseInt(k);
    } catch (NumberFormatException e) {
      throw VectormillException.usage("--k must be a whole number or auto, got " + k);
    }
  }

  private ClusterOptions.Assign assignment() {
    FlagOwners.require(FlagOwners.ASSIGN, given());
    return new ClusterOptions.Assign(assign, probes());
  }

  private Optional<Metric> chosenMetric() {
    return switch (metric.toLowerCase(Locale.ROOT)) {
      case "auto" -> Optional.empty();
      case "cosine" -> Optional.of(Metric.COSINE);
      case "l2" -> Optional.of(Metric.L2);
      default ->
          throw VectormillException.usage("--metric must be auto, cosine or l2, got " + metric);
    };
  }
}
