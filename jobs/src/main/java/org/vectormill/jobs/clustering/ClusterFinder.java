package org.vectormill.jobs.clustering;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.deep.network.ImageShape;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SearchedCentroids;

/** Finds clusters by the method that was asked for. */
final class ClusterFinder {
  private final SparkSession spark;
  private final Configuration conf;
  private final ClusterOptions options;
  private final ClusterMethod method;
  private final RunContext context;
  private final Metric metric;
  private final VectorInput input;
  private final Optional<ImageShape> image;
  private final Optional<ItemDomains> domains;

  /**
   * @param domains items that say which domain they come from
   * @throws org.vectormill.schemas.VectormillException ({@code USAGE}) where the method can't read
   *     such vectors
   */
  ClusterFinder(
      SparkSession spark,
      ClusterOptions options,
      ClusterMethod method,
      RunContext context,
      Metric metric,
      VectorInput input,
      Optional<Table> domains) {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.options = options;
    this.method = method;
    this.context = context;
    this.metric = metric;
    this.input = input;
    this.image =
        method instanceof ClusterMethod.Depict
            ? Optional.of(input.image(method.code()))
            : Optional.empty();
    this.domains =
        method instanceof ClusterMethod.Shift shift
            ? domains.map(items -> ItemDomains.of(spark, items, shift.domain()))
            : Optional.empty();
  }

  /** Centroids to start from; empty where they are chosen. */
  Optional<Centroids> start() {
    return method instanceof ClusterMethod.KMeans kMeans
        ? kMeans
            .options()
            .start()
            .map(
                uri ->
                    ModelFile.centroids(
                        uri, conf, input.encoder(), metric, kMeans.k(), input.dimension()))
        : Optional.empty();
  }

  /**
   * @param k number of clusters
   */
  FoundClusters find(BlockSet set, int k, Optional<Centroids> start, TrainingFiles files) {
    ClusterMethod chosen = method.withK(k);
    if (chosen instanceof ClusterMethod.Heads heads) {
      return new HeadClusters(heads, files, context).find(set);
    }
    if (chosen instanceof ClusterMethod.Noise noise) {
      return new NoiseClusters(spark, noise, files, context).find(set);
    }
    if (chosen instanceof ClusterMethod.Shift shift) {
      return new ShiftClusters(shift, domains.orElseThrow(), files, context).find(set);
    }
    if (chosen instanceof ClusterMethod.Depict depict) {
      return new DepictClusters(depict, image.orElseThrow(), files, context).find(set);
    }
    if (chosen instanceof ClusterMethod.Deep deep) {
      return new DeepClusters(
              deep,
              deep.start().map(uri -> ModelFile.network(uri, conf, input.encoder())),
              files,
              context,
              network -> files.keepPretrained(ModelFile.ofNetwork(network, input.encoder())))
          .find(set);
    }
    ClusterMethod.KMeans kMeans = (ClusterMethod.KMeans) chosen;
    return new KMeansClusters(kMeans, options.matrices(), start, files, context).find(set);
  }

  /** How rows are given to the clusters that were found. */
  SearchedCentroids searched(FoundClusters found) {
    int probes = method instanceof ClusterMethod.KMeans kMeans ? kMeans.options().probes() : 0;
    return SearchedCentroids.of(found.centroids(), options.matrices(), probes, context.seed());
  }
}
