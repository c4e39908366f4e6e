package org.vectormill.jobs.compact;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.CopyResult;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.StagedIds;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/** Compacts one table in place. */
public final class CompactJob implements Job<CompactOptions> {
  @Override
  public CopyResult run(SparkSession spark, CompactOptions options, RunContext context) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Table table = open(conf, options.input());
    CompactPlan plan = new CompactPlan(spark, table, options.fileBytes());
    CompactSummary summary = new CompactSummary(table, options);
    Optional<Purge> purge =
        options.purge() ? Optional.of(Purge.of(spark, table)) : Optional.empty();
    boolean needed = plan.worthwhile() || purge.filter(Purge::hasIds).isPresent();
    if (context.dryRun()) {
      return summary.planned(needed ? plan.groups() : 0, purge);
    }
    if (!needed) {
      return alreadyDone(table, options, context, summary, purge, conf);
    }
    purge.ifPresent(Purge::requireAlone);
    Staging staging = table.stage(planId(table.lastWave(), options), context.runId());
    if (staging.finishInterrupted().isPresent()) {
      return run(spark, options, context);
    }
    CompactPlan.Work work = plan.work();
    requireSame(table, "the lists of replaced and removed ids leave", work.ids());
    List<DataFile> files = files(execute(spark, table, staging, context, options, work));
    requireSame(table, "the new files hold", StagedIds.of(spark, files));
    StageBoundary.ROWS_VERIFIED.pass();
    WaveCommit commit =
        staging.publish(
            new CompactContent(spark, table, staging, purge).with(files, options.retain()));
    context.progress().published(table.uri(), commit);
    Table compacted = Table.open(conf, table.uri());
    Superseded.Removed removed = Superseded.remove(compacted);
    purge.ifPresent(one -> one.prove(conf));
    return summary.of(commit, removed, purge);
  }

  /** A run that was killed after its commit may have left files that it was to remove. */
  private static CopyResult alreadyDone(
      Table table,
      CompactOptions options,
      RunContext context,
      CompactSummary summary,
      Optional<Purge> purge,
      Configuration conf) {
    discardOwn(table, options, context);
    table.settleManifest();
    purge.ifPresent(Purge::requireAlone);
    Superseded.Removed removed = Superseded.remove(table);
    Optional<Purge> committed = purge.map(Purge::committed);
    committed.ifPresent(one -> one.prove(conf));
    return summary.nothingToDo(removed, committed);
  }

  private static void discardOwn(Table table, CompactOptions options, RunContext context) {
    for (WaveCommit wave : table.waves()) {
      String own = wave.isCompaction() ? planId(wave.compaction().through(), options) : "";
      if (table.stagedPlans().contains(own)) {
        table.stage(own, context.runId()).discard();
      }
    }
  }

  private static Table open(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    if (table.manifest().tableKind() == TableKind.REJECTS) {
      throw VectormillException.input(
          "--input " + uri + ": rejects are compacted with their table; name the table above");
    }
    if (table.manifest().tableKind() == TableKind.CENTROIDS
        || table.manifest().tableKind() == TableKind.METRICS) {
      throw VectormillException.input(
          "--input "
              + uri
              + ": tables of "
              + table.manifest().kind()
              + " have one wave that counts and are not compacted; make them anew with cluster --retrain");
    }
    return table;
  }

  private static List<UnitOutput> execute(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      CompactOptions options,
      CompactPlan.Work work) {
    Integer dimension = table.manifest().dimension();
    return WaveRun.execute(
        spark,
        table,
        staging,
        context,
        new UnitPlan<>(
            "compact",
            work.units(),
            work.ids().count(),
            options.rowGroups(),
            dimension == null ? 0 : dimension),
        new CompactWork(table.manifest().tableKind()));
  }

  private static List<DataFile> files(List<UnitOutput> outputs) {
    return outputs.stream().flatMap(output -> output.files().stream()).toList();
  }

  /** Two compactions of the same waves share their work. */
  private static String planId(int lastWave, CompactOptions options) {
    return "compact-" + Identity.of(lastWave, options.fileBytes(), options.rowGroups());
  }

  private static void requireSame(Table table, String what, IdSetHash ids) {
    IdSetHash expected = table.currentIds();
    if (!ids.equals(expected)) {
      throw new VectormillException(
          Fault.BUG,
          "table %s: by its commits %d rows are current (ids %s), %s %d (ids %s); nothing is published, please report it"
              .formatted(
                  table.uri(), expected.count(), expected.hex(), what, ids.count(), ids.hex()));
    }
  }
}
