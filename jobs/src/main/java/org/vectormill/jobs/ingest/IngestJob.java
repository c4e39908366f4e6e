package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.ingest.read.SourceFile;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.runner.VectormillVersion;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.StagedLists;
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
import org.vectormill.schemas.TableManifest;

/** Ingests sources into an items table. */
public final class IngestJob implements Job<IngestOptions> {
  /** Column {@code stage} of this job's rejects. */
  static final String STAGE = "ingest";

  private static final long RANGE_BYTES = 64L << 20;

  private final long rangeBytes;

  public IngestJob() {
    this(RANGE_BYTES);
  }

  /**
   * @param rangeBytes files of lines that are larger are read in ranges of this length
   */
  IngestJob(long rangeBytes) {
    this.rangeBytes = rangeBytes;
  }

  @Override
  public IngestResult run(SparkSession spark, IngestOptions options, RunContext context) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Optional<Table> before = Table.find(conf, options.output());
    before.ifPresent(table -> requireFitting(table, options));
    Dataset<Row> listed = new Listing(spark, options).files();
    SourceStates states = SourceStates.of(spark, listed, before, options.verifyContent());
    SourceCounts counts = states.counts();
    if (counts.visible() == 0) {
      throw Inputs.nothing(String.join(", ", options.inputs()));
    }
    counts.open().requireColumns(conf, options.read());
    long done = counts.unchanged() == 0 ? 0 : before.map(states::itemsOfUnchanged).orElse(0L);
    Optional<Vanished> vanished =
        options.vanished() == VanishedItems.REMOVE
            ? before.map(table -> Vanished.of(spark, options, table, listed))
            : Optional.empty();
    IngestReport report = new IngestReport(options.output(), counts, done);
    if (context.dryRun()) {
      return report.planned(cut(spark, options, states.open()));
    }
    if (counts.open().isEmpty() && vanished.filter(Vanished::hasSources).isEmpty()) {
      return report.nothingToDo();
    }
    UnitCut units = cut(spark, options, states.open());
    Table table =
        Table.openOrCreate(conf, options.output(), manifest(options)).requireUnchangedSince(before);
    StageBoundary.TABLE_CREATED.pass();
    Staging staging = table.stage(planId(options), context.runId());
    if (staging.finishInterrupted().isPresent()) {
      units.release();
      return run(spark, options, context);
    }
    Run run = new Run(spark, table, staging, options, context);
    return run.publish(units, states.open(), vanished, report);
  }

  private static void requireFitting(Table table, IngestOptions options) {
    if (table.manifest().tableKind() == TableKind.ITEMS) {
      TableOptions.requireSame(table, options.asGiven());
    }
  }

  private UnitCut cut(SparkSession spark, IngestOptions options, Dataset<Row> open) {
    Broadcast<SerializableConfiguration> hadoop =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    JavaRDD<SourceFile> files = open.toJavaRDD().map(ListedFile::file);
    return UnitCut.of(new Pieces(hadoop, options.read(), rangeBytes).of(files));
  }

  private static TableManifest manifest(IngestOptions options) {
    return new TableManifest(
        TableKind.ITEMS.code(),
        TableManifest.CONTRACT_VERSION,
        null,
        null,
        null,
        null,
        null,
        options.inputs(),
        options.asGiven(),
        VectormillVersion.current());
  }

  /**
   * Runs share their finished units where nothing that decides what rows hold differs; runs of
   * other inputs don't lose theirs when one of them ends.
   */
  private static String planId(IngestOptions options) {
    return STAGE + "-" + Identity.of(options.inputs(), options.read(), options.rowGroups());
  }

  /** One run into a table that is there. */
  private record Run(
      SparkSession spark, Table table, Staging staging, IngestOptions options, RunContext context) {

    IngestResult publish(
        UnitCut units, Dataset<Row> open, Optional<Vanished> vanished, IngestReport report) {
      try {
        UnitPlan<IngestUnit> plan = new UnitPlan<>(STAGE, units.units(), 0, options.rowGroups(), 0);
        List<UnitOutput> outputs =
            WaveRun.execute(spark, table, staging, context, plan, new IngestWork(options.read()));
        IdSetHash read =
            outputs.stream().map(UnitOutput::read).reduce(IdSetHash.EMPTY, IdSetHash::plus);
        Settlement settlement =
            new Settlement(spark, table, outputs, vanished.map(Vanished::sources));
        SettledOutputs settled =
            SettledOutputs.of(spark, table, staging, context, options.rowGroups(), settlement);
        List<UnitOutput> published = new ArrayList<>(settled.outputs());
        vanished.ifPresent(gone -> published.add(recorded(gone)));
        TakenInput input =
            new TakenInput(
                read.minus(settled.done()),
                List.of(),
                vanished.map(gone -> gone.ids(open, outputs)));
        PublishedWave wave = WaveFinish.publish(spark, table, staging, context, published, input);
        return wave.requirePassed(report.published(wave, settled));
      } finally {
        units.release();
      }
    }

    /** The gone sources, so that one that comes back is taken for new. */
    private UnitOutput recorded(Vanished gone) {
      return new UnitOutput(
          "vanished",
          List.of(),
          List.of(),
          new StagedLists(spark, table, staging).processed(gone.onRecord().coalesce(1)),
          IdSetHash.EMPTY,
          IdSetHash.EMPTY,
          "driver",
          Map.of());
    }
  }
}
