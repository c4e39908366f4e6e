package org.vectormill.jobs.clustering;

import java.util.List;
import org.vectormill.udfs.deep.training.RateSchedule;
import picocli.CommandLine.Option;

/** The flags of methods that train a network. */
abstract class DeepFlags extends KMeansFlags {
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
      names = "--averages",
      paramLabel = "N",
      description =
          "dec, idec: how often in an epoch, or between two refreshes, the workers' weights are averaged."
              + " At most after each step. Default: in an epoch after 4 steps each, but no more than"
              + " 64 times; once between two refreshes.")
  Integer averages;

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
              + " after each epoch, or oftener (--averages). One a JVM runs at a time. Default: 1.")
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
}
