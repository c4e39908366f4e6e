package org.vectormill.jobs.clustering;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * Everything that decides what a training comes to. Runs of the same name give the same bits, so
 * they share what is done.
 *
 * @param earlier the model whose numbers the clusters get; empty where they get their own
 * @param keptFrom name of the plan that made that model
 */
record TrainPlan(
    String name, Optional<ClusterModel> earlier, Optional<String> keptFrom, MatrixSpec matrices) {
  static TrainPlan of(
      Configuration conf,
      ClusterOptions options,
      ClusterOptions.Train work,
      VectorInput input,
      Metric metric,
      InputWaves waves,
      Optional<InputWaves> domains,
      long seed) {
    // What a run replaces counts by its name alone, or the same run would never be done.
    Optional<String> start =
        work.method()
            .start()
            .filter(uri -> !ModelFile.isSame(uri, options.model(), conf))
            .filter(uri -> !ModelFile.isSame(uri, options.pretrained(), conf))
            .map(uri -> ModelFile.digest(uri, conf));
    Naming naming = new Naming(options, work, input, metric, waves, domains, start, seed);
    Optional<ClusterModel> earlier =
        work.keepNumbers() ? ModelFile.find(options.model(), conf) : Optional.empty();
    earlier.ifPresent(
        one -> {
          KeptNumbers.requireFits(one, input, work.method().k(), options.model());
          KeptNumbers.requireComparable(one, input, metric, options.model());
        });
    Optional<String> keptFrom = earlier.flatMap(naming::keptFrom);
    return new TrainPlan(naming.name(keptFrom), earlier, keptFrom, options.matrices());
  }

  /**
   * Numbers are kept of clusters that are there.
   *
   * @param there plan of the clusters that are there; empty where there are none
   * @throws VectormillException ({@code USAGE}) where the earlier model is of others
   */
  void requireNumbersOf(Optional<String> there, String model) {
    if (there.isPresent() && earlier.isPresent() && !keptFrom.equals(there)) {
      throw VectormillException.usage(
          "--keep-numbers: %s is of a run that did not end, not of the clusters that are there; run that one again first, or leave --keep-numbers out"
              .formatted(model));
    }
  }

  /** The clusters with the numbers of the earlier model, where they get these. */
  FoundClusters numbered(BlockSet set, FoundClusters found) {
    return earlier.map(model -> new KeptNumbers(model, matrices).in(set, found)).orElse(found);
  }

  private record Naming(
      ClusterOptions options,
      ClusterOptions.Train work,
      VectorInput input,
      Metric metric,
      InputWaves waves,
      Optional<InputWaves> domains,
      Optional<String> start,
      long seed) {
    /**
     * A model that this very plan made, and that a run which ended before its clusters were
     * published left, has the numbers already.
     */
    Optional<String> keptFrom(ClusterModel model) {
      return name(model.keptFrom()).equals(model.plan())
          ? model.keptFrom()
          : Optional.of(model.plan());
    }

    String name(Optional<String> keptFrom) {
      String own = own(keptFrom);
      return "cluster-" + start.map(digest -> Identity.of(own, digest)).orElse(own);
    }

    private String own(Optional<String> keptFrom) {
      return Identity.of(
          input.table().uri(),
          waves.names(),
          work.method(),
          work.numbers(),
          metric,
          seed,
          options.matrices(),
          keptFrom,
          domains.map(InputWaves::names));
    }
  }
}
