package org.vectormill.jobs.embed;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.SeenIds;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.pool.EncoderPool;

/** Gives each item of a table a vector. */
public final class EmbedJob implements Job<EmbedOptions> {
  @Override
  public EmbedResult run(SparkSession spark, EmbedOptions options, RunContext context) {
    // Of the session, so that tasks have it too.
    spark.conf().set(EncoderPool.PRIVATE_ADDRESSES, options.privateAddresses());
    Configuration conf = spark.sessionState().newHadoopConf();
    Table items = items(conf, options.input());
    EncoderSpec spec = EncoderPool.resolve(options.encoder(), conf);
    context.progress().encoder(spec.fingerprint());
    Optional<Table> existing = Table.find(conf, options.output());
    VectorsManifest manifest = new VectorsManifest(spec, options, items);
    existing.ifPresent(table -> manifest.requireSameEncoder(table));
    InputWaves waves = InputWaves.of(items, existing.orElse(null));
    int unitRows = UnitRows.of(spec, options.unitRows());
    Pending pending = new PendingPlan(spark, waves, unitRows).pending(existing.orElse(null));
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
            .orElseGet(() -> dimension(spark, spec, options.runtime()));
    Table table =
        Table.openOrCreate(conf, options.output(), manifest.of(dimension))
            .requireUnchangedSince(existing);
    StageBoundary.TABLE_CREATED.pass();
    Staging staging = table.stage(planId(spec, options), context.runId());
    Optional<WaveCommit> interrupted = staging.finishInterrupted();
    if (interrupted.isPresent()) {
      return run(spark, options, context);
    }
    List<UnitOutput> outputs =
        WaveRun.execute(
            spark,
            table,
            staging,
            context,
            new UnitPlan<>(
                "embed", pending.units(), pending.ids().count(), options.rowGroups(), dimension),
            new EmbedWork(spec, options.runtime(), spec.fingerprint()));
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

  /**
   * Runs share their finished units where nothing that decides a vector's bits differs; runs of
   * another input, whose units are others, don't lose theirs when one of them ends.
   */
  private static String planId(EncoderSpec spec, EmbedOptions options) {
    return "embed-"
        + Identity.of(options.input(), spec.fingerprint(), options.runtime(), options.rowGroups());
  }

  private static Table items(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    if (table.manifest().tableKind() != TableKind.ITEMS) {
      throw VectormillException.input(
          "--input "
              + uri
              + ": a table of kind "
              + table.manifest().kind()
              + ", embed reads items; name a table that ingest made");
    }
    return table;
  }

  /** Loads the encoder in a task, on the device that tasks use, and asks it. */
  private static int dimension(SparkSession spark, EncoderSpec spec, RuntimeOptions runtime) {
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(spec), 1)
        .map(
            one ->
                one.modality() == Modality.TEXT
                    ? EncoderPool.text(one, runtime, conf.value().value()).dimension()
                    : EncoderPool.image(one, runtime, conf.value().value()).dimension())
        .first();
  }
}
