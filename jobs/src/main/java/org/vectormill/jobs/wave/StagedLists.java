package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.ProcessedSource;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.RejectRow;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;

/** Writes lists that accompany a wave's rows, on the executors: one file a partition with rows. */
public final class StagedLists {
  private final StagingPlaces places;
  private final Map<String, String> footer;
  private final Broadcast<SerializableConfiguration> conf;

  public StagedLists(SparkSession spark, Table table, Staging staging) {
    this.places = staging.places();
    this.footer = table.footer();
    this.conf = WaveRun.broadcastConf(spark);
  }

  /** Column {@code id} of these rows. */
  public List<DataFile> ids(Dataset<Row> rows) {
    Map<String, String> manifest = footer;
    return write(
        rows.select(ItemColumns.ID),
        places.lists(),
        "ids",
        (hadoop, uri) -> TableFiles.writeIds(hadoop, uri, manifest),
        row -> row.getString(0));
  }

  /** Rows with the columns of rejects, as files of rejects. */
  public List<DataFile> rejects(Dataset<Row> rows) {
    return rejects(rows, places.rejects(), "rejects");
  }

  /** Rows with the columns of rejects, as a list of those to be tried again. */
  public List<DataFile> retried(Dataset<Row> rows) {
    return rejects(rows, places.lists(), "retried");
  }

  private List<DataFile> rejects(Dataset<Row> rows, String directory, String prefix) {
    Map<String, String> manifest = footer;
    return write(
        rows.select(
            functions.col(RejectColumns.ID),
            functions.col(RejectColumns.SOURCE),
            functions.col(RejectColumns.CONTENT_HASH),
            functions.col(RejectColumns.STAGE),
            functions.col(RejectColumns.REASON),
            functions.col(RejectColumns.MESSAGE),
            functions.col(RejectColumns.RUN_ID),
            functions.unix_micros(functions.col(RejectColumns.REJECTED_AT))),
        directory,
        prefix,
        (hadoop, uri) -> TableFiles.writeRejects(hadoop, uri, manifest),
        StagedLists::reject);
  }

  private static RejectRow reject(Row row) {
    return new RejectRow(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        RejectReason.ofCode(row.getString(4)),
        row.getString(5),
        row.getString(6),
        Instant.EPOCH.plus(row.getLong(7), ChronoUnit.MICROS));
  }

  /** Rows with the columns of processed sources. */
  public List<DataFile> processed(Dataset<Row> rows) {
    Map<String, String> manifest = footer;
    return write(
        rows.select(ItemColumns.SOURCE, ItemColumns.SOURCE_SIZE, ItemColumns.SOURCE_VERSION),
        places.lists(),
        "processed",
        (hadoop, uri) -> TableFiles.writeProcessed(hadoop, uri, manifest),
        row -> new ProcessedSource(row.getString(0), row.getLong(1), row.getString(2)));
  }

  /** Opens a writer in a task. */
  @FunctionalInterface
  private interface Opener<R> extends Serializable {
    TableFileWriter<R> open(Configuration conf, String uri);
  }

  /** What is written for a row. */
  @FunctionalInterface
  private interface Content<R> extends Serializable {
    R of(Row row);
  }

  private <R> List<DataFile> write(
      Dataset<Row> rows, String directory, String prefix, Opener<R> opener, Content<R> content) {
    Broadcast<SerializableConfiguration> hadoop = conf;
    return rows.toJavaRDD()
        .mapPartitions(
            part ->
                written(
                    part,
                    hadoop.value().value(),
                    StagingPlaces.newFile(directory, prefix),
                    opener,
                    content))
        .collect();
  }

  private static <R> Iterator<DataFile> written(
      Iterator<Row> rows, Configuration conf, String uri, Opener<R> opener, Content<R> content) {
    if (!rows.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    try (TableFileWriter<R> writer = opener.open(conf, uri)) {
      rows.forEachRemaining(row -> writer.write(content.of(row)));
      return List.of(writer.finish()).iterator();
    }
  }
}
