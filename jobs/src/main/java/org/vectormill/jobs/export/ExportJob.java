package org.vectormill.jobs.export;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.CopyResult;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.StagedIds;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectorColumns;
import org.vectormill.schemas.VectormillException;

/** Writes the current rows with Spark's own writer, reads their ids back, and publishes them. */
public final class ExportJob implements Job<ExportOptions> {
  @Override
  public CopyResult run(SparkSession spark, ExportOptions options, RunContext context) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Table table = Table.open(conf, options.input());
    ExportFolder folder = ExportFolder.missing(conf, options, context.runId());
    long rows = rows(spark, table);
    if (context.dryRun()) {
      String plan = "Plan: write %,d rows of %s to %s".formatted(rows, table.uri(), folder);
      return new CopyResult(rows, 0, rows, Map.of(), plan);
    }
    folder.clear();
    try {
      return export(spark, table, rows, new Target(folder, options.files()), context.progress());
    } catch (Exception e) {
      // Spark throws checked exceptions that it doesn't declare.
      folder.giveUp();
      throw e;
    }
  }

  /**
   * Where rows go.
   *
   * @param count of files; 0 for one a task
   */
  private record Target(ExportFolder folder, int count) {}

  private static CopyResult export(
      SparkSession spark, Table table, long rows, Target target, RunContext.Progress progress) {
    progress.start("export", rows, "rows");
    write(table.current(spark), target);
    List<DataFile> files = target.folder().plainFiles();
    progress.start("verify", rows, "rows");
    IdSetHash written = StagedIds.of(spark, files);
    requireSame(table, rows, written);
    progress.start("publish", files.size(), "files");
    target.folder().publish(files);
    long bytes = files.stream().mapToLong(DataFile::bytes).sum();
    return new CopyResult(
        rows,
        written.count(),
        0,
        Map.of("files", files.size(), "bytes_written", bytes),
        "%,d rows in %,d files of %,d bytes in %s"
            .formatted(written.count(), files.size(), bytes, target.folder()));
  }

  private static long rows(SparkSession spark, Table table) {
    return table.manifest().tableKind() == TableKind.REJECTS
        ? table.rejects(spark).count()
        : table.currentIds().count();
  }

  private static void write(Dataset<Row> rows, Target target) {
    Dataset<Row> spread = target.count() == 0 ? rows : rows.repartition(target.count());
    spread
        .write()
        .option("compression", "zstd")
        .option("parquet.enable.dictionary#" + VectorColumns.VECTOR + ".list.element", "false")
        .parquet(target.folder().staging().toString());
  }

  private static void requireSame(Table table, long rows, IdSetHash written) {
    boolean rejects = table.manifest().tableKind() == TableKind.REJECTS;
    boolean same = rejects ? rows == written.count() : table.currentIds().equals(written);
    if (!same) {
      throw new VectormillException(
          Fault.BUG,
          "table %s has %d current rows by its commits, %d were written (ids %s); please report it"
              .formatted(table.uri(), rows, written.count(), written.hex()));
    }
  }
}
