package org.vectormill.jobs.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/** Turns staged files into a published wave. */
public final class WaveFinish {
  /**
   * Reads the ids back from the staged files, checks that rows and rejects together are what was
   * read, applies the reject gate, finds the ids that the wave replaces, and publishes. Where the
   * gate fails, the rejects alone are published; see {@link PublishedWave#requirePassed}.
   *
   * @param read ids that the run had to take, known apart from the outputs where possible
   * @param inputWaves waves of input tables that are done with this run, as {@code uri#wave}
   * @throws VectormillException ({@code BUG}) where a row is lost or doubled; ({@code RETRY}) where
   *     another run published the wave first
   */
  public static PublishedWave publish(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      List<UnitOutput> outputs,
      IdSetHash read,
      List<String> inputWaves) {
    try {
      return verified(spark, table, staging, context, outputs, read, inputWaves);
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
      IdSetHash read,
      List<String> inputWaves) {
    List<DataFile> files = all(outputs, UnitOutput::files);
    List<DataFile> rejects = all(outputs, UnitOutput::rejectFiles);
    List<DataFile> processed = all(outputs, UnitOutput::processed);
    long written = rows(files);
    long rejected = rows(rejects);
    Map<String, Long> reasons = reasons(spark, rejects);
    requireConserved(spark, table, files, rejects, read);
    StageBoundary.ROWS_VERIFIED.pass();
    if (gateFails(context, written, rejected)) {
      WaveCommit commit = staging.publish(List.of(), rejects, List.of(), List.of(), List.of());
      String failure = gateMessage(context, written, rejected, reasons);
      return new PublishedWave(
          Optional.of(commit), written, rejected, reasons, Optional.of(failure));
    }
    if (written + rejected + processed.size() + inputWaves.size() == 0) {
      staging.discard();
      return new PublishedWave(Optional.empty(), 0, 0, Map.of(), Optional.empty());
    }
    List<DataFile> replaced = replaced(spark, table, staging, files);
    StageBoundary.REPLACED_STAGED.pass();
    WaveCommit commit = staging.publish(files, rejects, replaced, processed, inputWaves);
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
    List<String> uris = new ArrayList<>();
    files.forEach(file -> uris.add(file.path()));
    rejects.forEach(file -> uris.add(file.path()));
    IdSetHash staged = hash(spark, uris);
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

  private static IdSetHash hash(SparkSession spark, List<String> uris) {
    if (uris.isEmpty()) {
      return IdSetHash.EMPTY;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    return context
        .parallelize(uris, Math.min(uris.size(), 2 * context.defaultParallelism()))
        .map(uri -> TableFiles.hashIds(conf.value().value(), uri))
        .reduce(IdSetHash::plus);
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

  private static boolean gateFails(RunContext context, long written, long rejected) {
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

  /** Ids of the staged rows that are current in an earlier wave, as a staged list. */
  private static List<DataFile> replaced(
      SparkSession spark, Table table, Staging staging, List<DataFile> files) {
    if (files.isEmpty() || table.files().isEmpty()) {
      return List.of();
    }
    Dataset<Row> current = table.current(spark).select(ItemColumns.ID);
    Dataset<Row> both =
        TableFiles.rows(spark, files).select(ItemColumns.ID).intersect(current).coalesce(1);
    String directory = staging.places().lists();
    Map<String, String> footer = table.footer();
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    List<DataFile> lists =
        both.toJavaRDD()
            .mapPartitions(
                rows -> {
                  String uri = StagingPlaces.newFile(directory, "replaced");
                  try (TableFileWriter<String> writer =
                      TableFiles.writeIds(conf.value().value(), uri, footer)) {
                    rows.forEachRemaining(row -> writer.write(row.getString(0)));
                    return List.of(writer.finish()).iterator();
                  }
                })
            .collect();
    return lists.stream().filter(list -> list.rows() > 0).toList();
  }

  private WaveFinish() {}
}
