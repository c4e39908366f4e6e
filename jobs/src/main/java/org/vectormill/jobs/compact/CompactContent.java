package org.vectormill.jobs.compact;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.wave.StagedLists;
import org.vectormill.schemas.Compaction;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.WaveContent;

/**
 * What goes into the new wave beside rows: rejects, removed ids, sources and input waves that are
 * done, so that later runs know what they knew before.
 */
final class CompactContent {
  private static final String[] BY_ID = {ItemColumns.ID};
  private static final String[] BY_SOURCE = {ItemColumns.SOURCE};
  private static final int ROWS_A_FILE = 2_000_000;

  private final SparkSession spark;
  private final Table table;
  private final StagedLists lists;
  private final Optional<Purge> purge;
  private final Optional<Dataset<Row>> purged;

  /**
   * @param purge whose ids leave every list; empty where none do
   */
  CompactContent(SparkSession spark, Table table, Staging staging, Optional<Purge> purge) {
    this.spark = spark;
    this.table = table;
    this.lists = new StagedLists(spark, table, staging);
    this.purge = purge;
    this.purged = purge.map(Purge::ids);
  }

  WaveContent with(List<DataFile> files, Duration retain) {
    Dataset<Row> settled = withoutPurged(table.settledRejects(spark));
    Dataset<Row> awaited = withoutPurged(table.awaitedRejects(spark));
    List<DataFile> rejects = lists.rejects(few(settled.unionByName(awaited)));
    List<DataFile> removed =
        purged.isPresent() || !hasRemovals() ? List.of() : lists.ids(few(table.removedIds(spark)));
    return WaveContent.empty()
        .withRows(files, rejects)
        .withHidden(List.of(), removed)
        .withRetried(lists.retried(few(awaited)))
        .withDone(processed(), List.copyOf(table.doneInputWaves()))
        .withCompaction(
            new Compaction(
                table.lastWave(), retain.toSeconds(), purge.map(Purge::hash).orElse(null)));
  }

  private boolean hasRemovals() {
    return table.waves().stream().anyMatch(wave -> !wave.removed().isEmpty());
  }

  private List<DataFile> processed() {
    if (table.waves().stream().allMatch(wave -> wave.processed().isEmpty())) {
      return List.of();
    }
    Dataset<Row> sources = table.processed(spark).distinct();
    if (purged.isPresent() && table.manifest().tableKind() == TableKind.ITEMS) {
      sources = sources.join(living(), BY_SOURCE, "left_semi");
    }
    return lists.processed(few(sources));
  }

  /** Sources of rows and rejects that stay: a purged item's name is that of its source. */
  private Dataset<Row> living() {
    return table
        .current(spark)
        .select(ItemColumns.SOURCE)
        .unionByName(withoutPurged(table.rejects(spark)).select(RejectColumns.SOURCE));
  }

  private Dataset<Row> withoutPurged(Dataset<Row> rows) {
    return purged.map(ids -> rows.join(ids, BY_ID, "left_anti")).orElse(rows);
  }

  /** In as few files as a task can write. */
  private static Dataset<Row> few(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK());
    return kept.coalesce((int) Math.max(1, kept.count() / ROWS_A_FILE));
  }
}
