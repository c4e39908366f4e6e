package org.vectormill.jobs.embed;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.SeenIds;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.deep.network.KeptNetworks;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.pool.EncoderPool;

/** Gives each item of a table a vector. */
public final class EmbedJob implements Job<EmbedOptions> {
  @Override
  public WaveResult run(SparkSession spark, EmbedOptions options, RunContext context) {
    // Of the session, so that tasks have it too.
    spark.conf().set(EncoderPool.PRIVATE_ADDRESSES, options.privateAddresses());
    Configuration conf = spark.sessionState().newHadoopConf();
    Table items = items(conf, options.input());
    EmbedSource source =
        items.manifest().tableKind() == TableKind.ITEMS
            ? ItemSource.of(spark, options, conf)
            : VectorSource.of(spark, items, options, conf);
    EncoderSpec spec = source.spec();
    context.progress().encoder(spec.fingerprint());
    Optional<Table> existing = Table.find(conf, options.output());
    VectorsManifest manifest = new VectorsManifest(spec, options, items);
    existing.ifPresent(table -> manifest.requireSameEncoder(table));
    InputWaves waves = InputWaves.of(items, existing.orElse(null));
    int unitRows = options.unitRows() > 0 ? options.unitRows() : source.unitRows();
    try (Pending pending = new PendingPlan(spark, waves, unitRows).pending(existing.orElse(null))) {
      EmbedSummary summary = new EmbedSummary(options, spec, waves, pending);
      if (context.dryRun()) {
        return summary.planned();
      }
      if (existing.isPresent() && waves.pending().isEmpty()) {
        return summary.nothingToDo();
      }
      int dimension =
          existing
              .map(t -> t.manifest().dimension())
              .orElseGet(() -> source.dimension().getAsInt());
      Table table =
          Table.openOrCreate(conf, options.output(), manifest.of(dimension))
              .requireUnchangedSince(existing);
      StageBoundary.TABLE_CREATED.pass();
      Staging staging = table.stage(planId(items, spec, options), context.runId());
      Optional<WaveCommit> interrupted = staging.finishInterrupted();
      if (interrupted.isPresent()) {
        return run(spark, options, context);
      }
      UnitPlan<RowSlice> plan =
          new UnitPlan<>(
              "embed", pending.units(), pending.ids().count(), options.rowGroups(), dimension);
      List<UnitOutput> outputs;
      try {
        outputs = WaveRun.execute(spark, table, staging, context, plan, source.work());
      } finally {
        KeptNetworks.closeIdle();
      }
      IdSetHash read = SeenIds.require(outputs, pending.ids());
      PublishedWave wave =
          WaveFinish.publish(
              spark,
              table,
              staging,
              context,
              outputs,
              new TakenInput(read, waves.names(), waves.vanished(spark)));
      return wave.requirePassed(summary.of(outputs, wave));
    }
  }

  /**
   * Runs share their finished units where nothing that decides a vector's bits differs; runs of
   * another input, whose units are others, don't lose theirs when one of them ends.
   */
  private static String planId(Table items, EncoderSpec spec, EmbedOptions options) {
    return "embed-"
        + Identity.of(items.uri(), spec.fingerprint(), options.runtime(), options.rowGroups());
  }

  private static Table items(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    TableKind kind = table.manifest().tableKind();
    if (kind != TableKind.ITEMS && kind != TableKind.VECTORS) {
      throw VectormillException.input(
          "--input "
              + uri
              + ": a table of kind "
              + table.manifest().kind()
              + ", embed reads items, or vectors with a model of cluster; name a table that ingest"
              + " or embed made");
    }
    return table;
  }
}
