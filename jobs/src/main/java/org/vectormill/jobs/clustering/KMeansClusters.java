package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.MetricRow;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/** k-means of the vectors, and the bound on its clusters' sizes. */
final class KMeansClusters {
  private final ClusterMethod.KMeans method;
  private final MatrixSpec matrices;
  private final Optional<Centroids> start;
  private final TrainingFiles files;
  private final RunContext context;

  /**
   * @param start centroids to start from; empty where they are chosen
   */
  KMeansClusters(
      ClusterMethod.KMeans method,
      MatrixSpec matrices,
      Optional<Centroids> start,
      TrainingFiles files,
      RunContext context) {
    this.method = method;
    this.matrices = matrices;
    this.start = start;
    this.files = files;
    this.context = context;
  }

  FoundClusters find(BlockSet set) {
    KMeansTraining.Trained trained =
        new KMeansTraining(set, method.options(), matrices, start, files, context).run();
    TrainingState.Best best = trained.best();
    Centroids centroids =
        method
            .balanced()
            .map(balance -> bounded(set, trained, balance.ratio()))
            .orElse(best.centroids());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("algorithm", method.code());
    details.put("inertia_curve", best.curve());
    details.put("restart", best.restart());
    details.put("iterations", best.curve().length);
    details.put("iterations_resumed", trained.resumed());
    details.put("starts_resumed", trained.startsResumed());
    return new FoundClusters(
        centroids,
        Optional.empty(),
        details,
        curve(best.curve(), set.rows()),
        best.curve().length + " iterations");
  }

  /** Checkpoints are those of one more start. */
  private Centroids bounded(BlockSet set, KMeansTraining.Trained trained, double ratio) {
    return new Balancing(set, matrices, context.progress())
        .balance(
            trained.best().centroids(),
            ratio,
            trained.best().cost(),
            Optional.ofNullable(trained.end().bound()),
            bound ->
                files.keep(
                    "%05d-%07d".formatted(method.options().restarts(), bound.passes()),
                    trained.end().with(bound).write()));
  }

  private static List<MetricRow> curve(double[] inertia, long rows) {
    return IntStream.range(0, inertia.length)
        .mapToObj(i -> MetricRow.of("inertia", "iteration=" + i, inertia[i], rows, Map.of()))
        .toList();
  }
}
