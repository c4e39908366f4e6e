package org.vectormill.jobs.clustering;

import java.util.List;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Option;

/** The flags of {@code cluster} that say what it reads, writes and does, whatever the method is. */
abstract class ClusterFlags extends JobCommand {
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
      names = "--metric",
      paramLabel = "auto|cosine|l2",
      defaultValue = "auto",
      description =
          "What near means: cosine scales vectors to unit length (spherical k-means). Default:"
              + " auto, the table's own.")
  String metric;

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
          "Threads of one task's products. Default: spark.task.cpus; for the training of networks"
              + " the cores of an executor, as one network at a time is trained there.")
  Integer threads;

  /** Refuses a flag that another one asks for, where that is left out. */
  final void requireWanted(String flag, boolean wanted, String by) {
    if (given().contains(flag) && !wanted) {
      throw VectormillException.usage(flag + " goes with " + by + "; give both or neither");
    }
  }

  static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
