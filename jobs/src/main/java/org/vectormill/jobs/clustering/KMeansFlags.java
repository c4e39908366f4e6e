package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Option;

/** The flags of k-means, some of which the methods that train a network have too. */
abstract class KMeansFlags extends ClusterFlags {
  private static final int PROBES = 8;

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

  /**
   * The method, as the flags say.
   *
   * @param k number of clusters, of the lowest level
   */
  final ClusterMethod.KMeans kMeans(int k) {
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
            k,
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
  final int probes() {
    requireWanted("--probes", approximate, "--approximate");
    if (approximate && balanced != null) {
      throw VectormillException.usage(
          "--approximate doesn't go with --balanced, whose bound needs all distances; leave one out");
    }
    return approximate ? or(probes, PROBES) : 0;
  }
}
