package org.vectormill.jobs.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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

/** Writes the current rows with Spark's own writer and reads their ids back. */
public final class ExportJob implements Job<ExportOptions> {
  @Override
  public CopyResult run(SparkSession spark, ExportOptions options, RunContext context) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Table table = Table.open(conf, options.input());
    Path output = new Path(options.output());
    FileSystem fs = missing(conf, output);
    long rows = rows(spark, table);
    if (context.dryRun()) {
      String plan = "Plan: write %,d rows of %s to %s".formatted(rows, table.uri(), output);
      return new CopyResult(rows, 0, rows, Map.of(), plan);
    }
    context.progress().start("export", rows, "rows");
    write(table.current(spark), options);
    List<DataFile> files = plainFiles(fs, output);
    context.progress().start("verify", rows, "rows");
    IdSetHash written = StagedIds.of(spark, files);
    requireSame(table, rows, written);
    long bytes = files.stream().mapToLong(DataFile::bytes).sum();
    return new CopyResult(
        rows,
        written.count(),
        0,
        Map.of("files", files.size(), "bytes_written", bytes),
        "%,d rows in %,d files of %,d bytes in %s"
            .formatted(written.count(), files.size(), bytes, output));
  }

  private static FileSystem missing(Configuration conf, Path output) {
    try {
      FileSystem fs = output.getFileSystem(conf);
      if (fs.exists(output)) {
        throw VectormillException.usage(
            "--output " + output + " is there already; name a directory that does not exist");
      }
      return fs;
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "--output " + output + " can't be reached: " + e.getMessage(), e);
    }
  }

  private static long rows(SparkSession spark, Table table) {
    return table.manifest().tableKind() == TableKind.REJECTS
        ? table.rejects(spark).count()
        : table.currentIds().count();
  }

  private static void write(Dataset<Row> rows, ExportOptions options) {
    Dataset<Row> spread = options.files() == 0 ? rows : rows.repartition(options.files());
    spread
        .write()
        .option("compression", "zstd")
        .option("parquet.enable.dictionary#" + VectorColumns.VECTOR + ".list.element", "false")
        .parquet(options.output());
  }

  /** Removes the writer's markers, and says what is left. */
  private static List<DataFile> plainFiles(FileSystem store, Path output) {
    // On local disks the writer's checksum files are hidden from the usual listing.
    FileSystem fs =
        store instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : store;
    List<DataFile> files = new ArrayList<>();
    try {
      for (FileStatus file : fs.listStatus(output)) {
        if (file.getPath().getName().endsWith(".parquet")) {
          files.add(new DataFile(file.getPath().toString(), 0, file.getLen(), IdSetHash.EMPTY));
        } else {
          fs.delete(file.getPath(), true);
        }
      }
      return files;
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "--output " + output + " can't be listed: " + e.getMessage(), e);
    }
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
