package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SearchedCentroids;

/** Gives rows of new waves to the clusters of a saved model, and says how far they have drifted. */
final class AssignRun {
  private final SparkSession spark;
  private final Configuration conf;
  private final ClusterOptions options;
  private final ClusterOptions.Assign work;
  private final String modelUri;
  private final RunContext context;
  private final VectorInput input;
  private final ClusterTables tables;

  AssignRun(
      SparkSession spark,
      ClusterOptions options,
      ClusterOptions.Assign work,
      RunContext context,
      VectorInput input) {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.options = options;
    this.work = work;
    this.modelUri = work.model();
    this.context = context;
    this.input = input;
    this.tables = new ClusterTables(conf, options, input);
  }

  WaveResult run() {
    Optional<LabelReport> labels = LabelReport.wanted(spark, conf, options, input);
    ClusterModel model = ModelFile.read(modelUri, conf);
    requireFits(model);
    Optional<Table> existing = tables.findClusters();
    requireSameModel(existing, model);
    InputWaves waves = InputWaves.of(input.table(), existing.orElse(null));
    try (Pending pending = new PendingPlan(spark, waves, TrainRun.UNIT_ROWS).pending(null)) {
      if (context.dryRun()) {
        return unchanged(
            waves,
            "Plan: %,d of %,d vectors to the %,d clusters of %s, into %s",
            pending.ids().count(),
            waves.currentRows(),
            model.centroids().count(),
            modelUri,
            options.output());
      }
      if (existing.isPresent() && waves.pending().isEmpty()) {
        existing.get().settleManifest();
        WaveResult done =
            unchanged(
                waves,
                "Nothing to do: all %,d rows of %s have a cluster in %s",
                waves.currentRows(),
                options.input(),
                options.output());
        return labels.map(report -> report.added(done, existing.get())).orElse(done);
      }
      Metric metric = model.centroids().metric();
      boolean first = ClusterTables.plan(existing).isEmpty();
      Table table =
          (first ? tables.newClusters(metric) : tables.clusters(metric))
              .requireUnchangedSince(existing);
      Staging staging = table.stage(plan(model), context.runId());
      if (staging.finishInterrupted().isPresent()) {
        return run();
      }
      Assignment assignment =
          Assignment.run(
              spark,
              context,
              table,
              staging,
              pending,
              searched(model),
              model.network(),
              Optional.of(model.radii()),
              input.dimension(),
              options.matrices());
      ClusterSizes sizes =
          ClusterSizes.of(spark, assignment.files(), model.centroids().count(), metric);
      PublishedWave wave =
          WaveFinish.publish(
              spark,
              table,
              staging,
              context,
              assignment.outputs(),
              new TakenInput(
                  assignment.read(),
                  Stream.concat(waves.names().stream(), Stream.of(ClusterTables.mark(model.plan())))
                      .toList(),
                  waves.vanished(spark)));
      WaveResult result = wave.requirePassed(result(model, waves, assignment, sizes, wave));
      return labels
          .map(report -> report.added(result, Table.open(conf, options.clusters())))
          .orElse(result);
    }
  }

  private SearchedCentroids searched(ClusterModel model) {
    if (work.probes() > 0 && model.network().isPresent()) {
      throw VectormillException.usage(
          "--approximate: model "
              + modelUri
              + " gives clusters by a network, which looks at all of them; leave it out");
    }
    return SearchedCentroids.of(
        model.centroids(), options.matrices(), work.probes(), context.seed());
  }

  private void requireFits(ClusterModel model) {
    if (model.dimension() != input.dimension()) {
      throw VectormillException.usage(
          "--assign "
              + modelUri
              + ": a model of dimension "
              + model.dimension()
              + ", the vectors of "
              + options.input()
              + " have "
              + input.dimension()
              + "; name a model that was made of such vectors");
    }
    if (!model.encoder().equals(input.encoder())) {
      throw VectormillException.usage(
          "--assign "
              + modelUri
              + ": a model of vectors of encoder "
              + model.encoder()
              + ", those of "
              + options.input()
              + " are of "
              + input.encoder()
              + "; name a model that was made of such vectors");
    }
  }

  private void requireSameModel(Optional<Table> existing, ClusterModel model) {
    Optional<String> there = ClusterTables.plan(existing);
    if (there.isPresent() && !there.get().equals(model.plan())) {
      throw VectormillException.usage(
          "--output "
              + options.output()
              + ": the clusters there are of another model than "
              + modelUri
              + otherModel());
    }
  }

  /** A run that was ended after its model was there and before its clusters were leaves that. */
  private String otherModel() {
    return ModelFile.isSame(modelUri, options.model(), conf)
        ? ", which a run left that did not end; run that one again, or find clusters anew with --retrain"
        : "; name that one (" + options.model() + ") or another directory";
  }

  private String plan(ClusterModel model) {
    return "assign-"
        + Identity.of(input.table().uri(), model.plan(), options.matrices(), work.probes());
  }

  private static WaveResult unchanged(InputWaves waves, String format, Object... values) {
    return WaveResult.unchanged(
        waves.currentRows(), Map.of(), String.format(Locale.ROOT, format, values));
  }

  private WaveResult result(
      ClusterModel model,
      InputWaves waves,
      Assignment assignment,
      ClusterSizes sizes,
      PublishedWave wave) {
    long taken = wave.made() + wave.rejected();
    double beyond = assignment.fact(AssignWork.BEYOND_RADIUS) / Math.max(1, wave.made());
    double moved = sizes.difference(model.sizes());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("wave", wave.commit().map(WaveCommit::wave).orElse(null));
    details.put("beyond_radius", beyond);
    details.put("size_change", wave.made() == 0 ? null : moved);
    details.put("inertia", assignment.fact(AssignWork.COST));
    assignment.agreement().ifPresent(share -> details.put("approximate_agreement", share));
    long done = waves.currentRows() - taken;
    String text =
        String.format(
            Locale.ROOT,
            "%,d rows given to %,d clusters in %s, wave %s",
            wave.written(),
            model.centroids().count(),
            options.output(),
            wave.commit().map(commit -> String.valueOf(commit.wave())).orElse("none"));
    if (wave.made() > 0) {
      text +=
          String.format(
              Locale.ROOT,
              ": %.2f %% of them beyond their cluster's radius, cluster shares differ by %.2f %%",
              100 * beyond,
              100 * moved);
    }
    return new WaveResult(
        taken + done,
        wave.written(),
        wave.withheld(),
        wave.rejected(),
        done,
        wave.rejectsByReason(),
        details,
        text);
  }
}
