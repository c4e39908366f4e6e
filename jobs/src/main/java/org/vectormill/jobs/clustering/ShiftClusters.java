package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.lls.DomainRows;
import org.vectormill.udfs.deep.lls.ShiftFile;
import org.vectormill.udfs.deep.lls.ShiftProgress;
import org.vectormill.udfs.deep.lls.ShiftTraining;
import org.vectormill.udfs.deep.network.LatentShift;
import org.vectormill.udfs.deep.training.CurvePoint;

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
      long[] byDomain = rows(workers, domains.names().size());
      long rows = LongStream.of(byDomain).sum();
      requireRows(byDomain, rows);
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

  private static long[] rows(SparkWorkers<DomainRows> workers, int domains) {
    long[] rows = new long[domains];
    for (long[] part :
        workers.each(
            domains,
            (worker, own, count) -> {
              long[] counts = new long[count];
              for (int domain : own.domains()) {
                counts[domain]++;
              }
              return counts;
            })) {
      for (int d = 0; d < domains; d++) {
        rows[d] += part[d];
      }
    }
    return rows;
  }

  private void requireRows(long[] byDomain, long rows) {
    for (int d = 0; d < byDomain.length; d++) {
      if (byDomain[d] == 0) {
        throw VectormillException.input(
            "--domain %s: no row of the input comes from %s, which items of %s do; embed them too, or name another attribute"
                .formatted(domains.attribute(), domains.names().get(d), domains.items().uri()));
      }
    }
    if (rows < 10L * method.options().pieces()) {
      throw VectormillException.usage(
          "--pieces %d: %,d rows come from a domain, of which each piece needs ten; lower it or --k"
              .formatted(method.options().pieces(), rows));
    }
  }
}
