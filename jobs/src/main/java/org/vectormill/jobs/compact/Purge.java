package org.vectormill.jobs.compact;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.Compaction;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/** The ids that leave every file of a table, and the proof that they did. */
final class Purge {
  private static final String[] BY_ID = {ItemColumns.ID};

  private final SparkSession spark;
  private final Table table;
  private final Dataset<Row> ids;
  private final IdSetHash hash;
  private long filesRead;

  private Purge(SparkSession spark, Table table, Dataset<Row> ids, IdSetHash hash) {
    this.spark = spark;
    this.table = table;
    this.ids = ids;
    this.hash = hash;
  }

  /**
   * Ids that waves of the table removed and that have neither row nor reject; kept apart from the
   * table's files.
   */
  static Purge of(SparkSession spark, Table table) {
    // The lists that name them are removed before the proof reads this again.
    Dataset<Row> ids = table.goneIds(spark).localCheckpoint();
    IdSetHash hash =
        ids.toJavaRDD()
            .map(row -> IdSetHash.of(row.getString(0)))
            .fold(IdSetHash.EMPTY, IdSetHash::plus);
    return new Purge(spark, table, ids, hash);
  }

  /**
   * The purge that an earlier run committed, whose files and proof that run may not have got to.
   */
  Purge committed() {
    Compaction last =
        table.waves().stream()
            .filter(WaveCommit::isCompaction)
            .map(WaveCommit::compaction)
            .findFirst()
            .orElse(null);
    return last == null || last.purged() == null
        ? this
        : new Purge(spark, table, ids, last.purged());
  }

  Dataset<Row> ids() {
    return ids;
  }

  IdSetHash hash() {
    return hash;
  }

  long filesRead() {
    return filesRead;
  }

  boolean hasIds() {
    return hash.count() > 0;
  }

  /**
   * @throws VectormillException ({@code RETRY}) where a plan has staged files, which may hold
   *     purged ids and which the purge may not take from a run
   */
  void requireAlone() {
    List<String> plans = table.stagedPlans();
    if (!plans.isEmpty()) {
      throw new VectormillException(
          Fault.RETRY,
          "table %s: %d plans have staged files (%s); wait for their runs, or remove what dead ones left with clean --older-than 5m, then purge"
              .formatted(table.uri(), plans.size(), String.join(", ", plans)));
    }
  }

  /**
   * Reads the ids of every Parquet file that is left below the table: each has to be that of a
   * current row or reject, and so none is a purged one.
   *
   * @throws VectormillException ({@code RETRY}) naming files where another id is left
   */
  void prove(Configuration conf) {
    Table now = Table.open(conf, table.uri());
    List<String> files = now.filesWithIds();
    filesRead = files.size();
    if (files.isEmpty()) {
      return;
    }
    Dataset<Row> living = now.current(spark).select(ItemColumns.ID);
    if (!now.rejectFiles().isEmpty()) {
      living = living.unionByName(now.rejects(spark).select(RejectColumns.ID));
    }
    List<String> left =
        TableFiles.idsByFile(spark, files)
            .join(living, BY_ID, "left_anti")
            .select("file")
            .distinct()
            .limit(10)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toList());
    if (!left.isEmpty()) {
      throw new VectormillException(
          Fault.RETRY,
          "table %s: ids without a row or reject are left in %s; end the run that writes there, clean, and purge again"
              .formatted(table.uri(), String.join(", ", left)));
    }
  }
}
