package org.vectormill.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What readers of a table see, put together from the files of its waves. */
final class CurrentView {
  private static final String[] BY_ID = {ItemColumns.ID};
  private static final String[] BY_SOURCE = {ItemColumns.SOURCE};

  private static final String LAST = "last";
  private static final StructType IDS =
      new StructType().add(ItemColumns.ID, DataTypes.StringType, false);

  private final SparkSession spark;
  private final Table table;
  private final List<WaveCommit> waves;

  CurrentView(SparkSession spark, Table table) {
    this.spark = spark;
    this.table = table;
    this.waves = table.waves();
  }

  /** Rows without those that a later wave replaced or removed. */
  Dataset<Row> rows() {
    Dataset<Row> rows = empty(table.manifest().tableKind().schema());
    for (WaveCommit wave : waves) {
      if (wave.hides()) {
        rows = rows.join(read(table.hidden(wave)), BY_ID, "left_anti");
      }
      if (!wave.files().isEmpty()) {
        rows = rows.unionByName(read(table.files(wave)));
      }
    }
    return rows;
  }

  /** Rejects without those that were tried again since and became a row or another reject. */
  Dataset<Row> rejects() {
    Dataset<Row> rejects = empty(RejectColumns.SCHEMA);
    List<DataFile> files = new ArrayList<>();
    for (WaveCommit wave : waves) {
      if (!wave.removedRejects().isEmpty()) {
        rejects = rejects.unionByName(read(files, RejectColumns.SCHEMA));
        rejects = rejects.join(read(table.removedRejects(wave)), BY_ID, "left_anti");
        files.clear();
      }
      files.addAll(table.rejectFiles(wave));
      if (!wave.retried().isEmpty()) {
        rejects = rejects.unionByName(read(files, RejectColumns.SCHEMA));
        rejects = rejects.join(settled(wave), BY_ID, "left_anti");
        files.clear();
      }
    }
    return rejects.unionByName(read(files, RejectColumns.SCHEMA));
  }

  /** Ids that a wave wants tried again and that later waves have tried. */
  private Dataset<Row> settled(WaveCommit wave) {
    List<WaveCommit> later = waves.stream().filter(one -> one.wave() > wave.wave()).toList();
    Dataset<Row> tried =
        ids(later, table::files, table.manifest().tableKind().schema())
            .unionByName(ids(later, table::rejectFiles, RejectColumns.SCHEMA));
    return read(table.retried(wave)).select(ItemColumns.ID).join(tried, BY_ID, "left_semi");
  }

  private Dataset<Row> ids(
      List<WaveCommit> of, Function<WaveCommit, List<DataFile>> part, StructType schema) {
    return read(of.stream().flatMap(wave -> part.apply(wave).stream()).toList(), schema)
        .select(ItemColumns.ID);
  }

  /** Rejects that stay so: neither withheld nor wanted again. */
  Dataset<Row> settledRejects() {
    Dataset<Row> rejects = empty(RejectColumns.SCHEMA);
    for (WaveCommit wave : waves) {
      if (!wave.removedRejects().isEmpty()) {
        rejects = rejects.join(read(table.removedRejects(wave)), BY_ID, "left_anti");
      }
      if (!wave.withheld()) {
        rejects = rejects.unionByName(read(table.rejectFiles(wave), RejectColumns.SCHEMA));
      }
      if (!wave.retried().isEmpty()) {
        rejects =
            rejects.join(read(table.retried(wave)).select(ItemColumns.ID), BY_ID, "left_anti");
      }
    }
    return rejects;
  }

  /** Rejects that are wanted again and were not tried since. */
  Dataset<Row> awaited() {
    Dataset<Row> awaited = empty(RejectColumns.SCHEMA);
    for (WaveCommit wave : waves) {
      if (!wave.removedRejects().isEmpty()) {
        awaited = awaited.join(read(table.removedRejects(wave)), BY_ID, "left_anti");
      }
      if (!wave.retried().isEmpty()) {
        awaited =
            awaited
                .join(read(table.retried(wave)), BY_ID, "left_anti")
                .unionByName(read(table.retried(wave)).join(settled(wave), BY_ID, "left_anti"));
      }
    }
    return awaited;
  }

  /**
   * Sources that need no second look, each as the last run took it, without those of rejects that
   * are wanted again.
   */
  Dataset<Row> processed() {
    Dataset<Row> lists = empty(ProcessedColumns.SCHEMA).withColumn(LAST, functions.lit(0));
    for (WaveCommit wave : waves) {
      if (!wave.processed().isEmpty()) {
        Dataset<Row> list = read(table.processed(wave));
        lists = lists.unionByName(list.withColumn(LAST, functions.lit(wave.wave())));
      }
      if (!wave.retried().isEmpty()) {
        Dataset<Row> again = read(table.retried(wave)).select(ItemColumns.SOURCE);
        lists = lists.join(again, BY_SOURCE, "left_anti");
      }
    }
    return lists
        .groupBy(ItemColumns.SOURCE)
        .agg(
            functions
                .max(functions.struct(LAST, ItemColumns.SOURCE_SIZE, ItemColumns.SOURCE_VERSION))
                .as(LAST))
        .select(
            ItemColumns.SOURCE,
            LAST + "." + ItemColumns.SOURCE_SIZE,
            LAST + "." + ItemColumns.SOURCE_VERSION);
  }

  /** Ids that waves removed and that no row has now. */
  Dataset<Row> removedIds() {
    List<DataFile> lists = waves.stream().flatMap(wave -> table.removed(wave).stream()).toList();
    Dataset<Row> ids = empty(IDS);
    return lists.isEmpty()
        ? ids
        : read(lists)
            .select(ItemColumns.ID)
            .distinct()
            .join(rows().select(ItemColumns.ID), BY_ID, "left_anti");
  }

  /** Removed ids, and those of removed rejects that have neither row nor reject now. */
  Dataset<Row> goneIds() {
    List<DataFile> lists =
        waves.stream().flatMap(wave -> table.removedRejects(wave).stream()).toList();
    if (lists.isEmpty()) {
      return removedIds();
    }
    Dataset<Row> rejects =
        read(lists)
            .select(ItemColumns.ID)
            .join(rows().select(ItemColumns.ID), BY_ID, "left_anti")
            .join(rejects().select(RejectColumns.ID), BY_ID, "left_anti");
    return removedIds().unionByName(rejects).distinct();
  }

  private Dataset<Row> read(List<DataFile> files, StructType schema) {
    return files.isEmpty() ? empty(schema) : read(files);
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private Dataset<Row> read(List<DataFile> files) {
    return TableFiles.rows(spark, files);
  }
}
