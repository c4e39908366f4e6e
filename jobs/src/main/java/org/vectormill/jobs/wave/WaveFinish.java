package org.vectormill.jobs.wave;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.schemas.WaveContent;

/** Turns staged files into a published wave. */
public final class WaveFinish {
  /** {@link #publish(SparkSession, Table, Staging, RunContext, List, TakenInput)}. */
  public static PublishedWave publish(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      List<UnitOutput> outputs,
      IdSetHash read,
      List<String> inputWaves) {
    TakenInput input = new TakenInput(read, inputWaves, Optional.empty());
    return publish(spark, table, staging, context, outputs, input);
  }

  /**
   * Reads the ids back from the staged files, checks that rows and rejects together are what was
   * read, applies the reject gate, finds the ids that the wave replaces and removes, and publishes.
   * Where the gate fails, the rejects alone are published; see {@link PublishedWave#requirePassed}.
   *
   * @throws VectormillException ({@code BUG}) where a row is lost or doubled; ({@code RETRY}) where
   *     another run published the wave first
   */
  public static PublishedWave publish(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      List<UnitOutput> outputs,
      TakenInput input) {
    try {
      return verified(spark, table, staging, context, outputs, input);
    } catch (RuntimeException e) {
      throw staging.reasonOf(e);
    }
  }

  private static PublishedWave verified(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      List<UnitOutput> outputs,
      TakenInput input) {
    List<DataFile> files = all(outputs, UnitOutput::files);
    List<DataFile> rejects = all(outputs, UnitOutput::rejectFiles);
    List<DataFile> processed = all(outputs, UnitOutput::processed);
    long written = rows(files);
    long rejected = rows(rejects);
    context.progress().start("publish", 0, "rows");
    Map<String, Long> reasons = reasons(spark, rejects);
    requireConserved(spark, table, files, rejects, input.read());
    StageBoundary.ROWS_VERIFIED.pass();
    WaveContent content = WaveContent.empty().withRows(files, rejects);
    if (gateFails(context, written, rejected)) {
      WaveCommit commit = staging.publish(content.withRows(List.of(), rejects));
      context.progress().published(table.uri(), commit);
      String failure = gateMessage(context, written, rejected, reasons);
      return new PublishedWave(
          Optional.of(commit), written, rejected, reasons, Optional.of(failure));
    }
    content = hiding(spark, table, staging, content, input).withDone(processed, input.inputWaves());
    if (content.isEmpty()) {
      staging.discard();
      return new PublishedWave(Optional.empty(), 0, 0, Map.of(), Optional.empty());
    }
    StageBoundary.REPLACED_STAGED.pass();
    WaveCommit commit = staging.publish(content);
    context.progress().published(table.uri(), commit);
    return new PublishedWave(Optional.of(commit), written, rejected, reasons, Optional.empty());
  }

  private static List<DataFile> all(
      List<UnitOutput> outputs, Function<UnitOutput, List<DataFile>> part) {
    return outputs.stream().flatMap(output -> part.apply(output).stream()).toList();
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private static void requireConserved(
      SparkSession spark,
      Table table,
      List<DataFile> files,
      List<DataFile> rejects,
      IdSetHash read) {
    IdSetHash staged =
        StagedIds.of(spark, Stream.of(files, rejects).flatMap(List::stream).toList());
    if (!staged.equals(read)) {
      throw new VectormillException(
          Fault.BUG,
          "table "
              + table.uri()
              + ": "
              + read.count()
              + " items were read (ids "
              + read.hex()
              + "), "
              + staged.count()
              + " were staged (ids "
              + staged.hex()
              + "); nothing is published, please report it");
    }
  }

  private static Map<String, Long> reasons(SparkSession spark, List<DataFile> rejects) {
    Map<String, Long> reasons = new TreeMap<>();
    if (!rejects.isEmpty()) {
      for (Row row :
          TableFiles.rows(spark, rejects).groupBy(RejectColumns.REASON).count().collectAsList()) {
        reasons.put(row.getString(0), row.getLong(1));
      }
    }
    return reasons;
  }

  /** Whether so many rejects beside so many rows fail the run. */
  public static boolean gateFails(RunContext context, long written, long rejected) {
    if (rejected == 0) {
      return false;
    }
    return !context.quarantine()
        || rejected > context.maxRejectRatio() * (double) (written + rejected);
  }

  private static String gateMessage(
      RunContext context, long written, long rejected, Map<String, Long> reasons) {
    String counts = rejected + " of " + (written + rejected) + " items were rejected " + reasons;
    return context.quarantine()
        ? counts
            + ", more than --max-reject-ratio "
            + context.maxRejectRatio()
            + "; look at the rejects, mend the input or raise the ratio"
        : counts + " and --on-reject is fail; look at the rejects or use --on-reject quarantine";
  }

  /**
   * With the ids that are current in an earlier wave: rows and rejects that give way to what is
   * staged, and those of items that vanished.
   */
  private static WaveContent hiding(
      SparkSession spark, Table table, Staging staging, WaveContent content, TakenInput input) {
    StagedLists lists = new StagedLists(spark, table, staging);
    WaveContent found = content;
    if (!table.files().isEmpty()) {
      found = hidingRows(spark, table, lists, found, input);
    }
    return table.rejectFiles().isEmpty() ? found : hidingRejects(spark, table, lists, found, input);
  }

  private static WaveContent hidingRows(
      SparkSession spark, Table table, StagedLists lists, WaveContent content, TakenInput input) {
    Dataset<Row> current = table.current(spark).select(ItemColumns.ID);
    List<DataFile> replaced = List.of();
    Dataset<Row> vanished = input.vanished().map(ids -> ids.intersect(current)).orElse(null);
    if (!content.files().isEmpty()) {
      Dataset<Row> staged = TableFiles.rows(spark, content.files()).select(ItemColumns.ID);
      replaced = lists.ids(staged.intersect(current).coalesce(1));
      vanished = vanished == null ? null : vanished.except(staged);
    }
    return content.withHidden(
        replaced, vanished == null ? List.of() : lists.ids(vanished.coalesce(1)));
  }

  private static WaveContent hidingRejects(
      SparkSession spark, Table table, StagedLists lists, WaveContent content, TakenInput input) {
    Dataset<Row> gone = input.vanished().map(ids -> ids.select(ItemColumns.ID)).orElse(null);
    for (List<DataFile> staged : List.of(content.files(), content.rejectFiles())) {
      if (!staged.isEmpty()) {
        Dataset<Row> ids = TableFiles.rows(spark, staged).select(ItemColumns.ID);
        gone = gone == null ? ids : gone.unionByName(ids);
      }
    }
    if (gone == null) {
      return content;
    }
    Dataset<Row> rejects = table.rejects(spark).select(RejectColumns.ID);
    return content.withoutRejects(lists.ids(rejects.intersect(gone).coalesce(1)));
  }

  private WaveFinish() {}
}
