package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.CurvePoint;
import org.vectormill.udfs.deep.DomainRows;
import org.vectormill.udfs.deep.LatentShift;
import org.vectormill.udfs.deep.ShiftFile;
import org.vectormill.udfs.deep.ShiftProgress;
import org.vectormill.udfs.deep.ShiftTraining;

/** Latent label shift over Spark. */
final class ShiftClusters {
  private final ClusterMethod.Shift method;
  private final ItemDomains domains;
  private final KeptTraining<ShiftProgress> training;
  private final long seed;

  ShiftClusters(
      ClusterMethod.Shift method, ItemDomains domains, TrainingFiles files, RunContext context) {
    this.method = method;
    this.domains = domains;
    this.training = new KeptTraining<>(files, context, ShiftFile::write, ShiftFile::read);
    this.seed = context.seed();
  }

  FoundClusters find(BlockSet set) {
    try (SparkWorkers<DomainRows> workers =
        SparkWorkers.deal(set, domains, method.workers(), seed)) {
      long rows =
          workers.each(0, (worker, own, none) -> (long) own.rows().count()).stream()
              .mapToLong(Long::longValue)
              .sum();
      requireRows(rows);
      ShiftTraining shift = new ShiftTraining(workers, method.options(), domains.names().size());
      KeptTraining.Ended<ShiftProgress> ended =
          training.run(method.code(), shift, set.dimension(), progress -> {});
      LatentShift found = ended.progress().found();
      List<CurvePoint> curve = ended.progress().curve();
      Map<String, Object> details = ended.details(method.code(), method.workers(), found.scale());
      details.put("epochs", curve.size());
      details.put("domains", domains.names());
      details.put("rows_without_domain", set.rows() - rows);
      return new FoundClusters(
          shift.centroids(found),
          Optional.of(found),
          details,
          LearningCurve.metrics(curve, rows),
          String.format(
              Locale.ROOT, "%d epochs, %d domains", curve.size(), domains.names().size()));
    }
  }

  private void requireRows(long rows) {
    if (rows < 10L * domains.names().size()) {
      throw VectormillException.input(
          "--domain %s: %,d rows have one, %,d domains need ten rows each at least; name the items table of these vectors with --items"
              .formatted(domains.attribute(), rows, domains.names().size()));
    }
  }
}
