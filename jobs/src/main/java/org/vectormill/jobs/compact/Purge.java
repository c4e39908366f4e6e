package org.vectormill.jobs.compact;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;

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
   * Ids that waves of the table removed and that have no row; kept apart from the table's files.
   */
  static Purge of(SparkSession spark, Table table) {
    // The lists that name them are removed before the proof reads this again.
    Dataset<Row> ids = table.removedIds(spark).localCheckpoint();
    IdSetHash hash =
        ids.toJavaRDD()
            .map(row -> IdSetHash.of(row.getString(0)))
            .fold(IdSetHash.EMPTY, IdSetHash::plus);
    return new Purge(spark, table, ids, hash);
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
   * Reads the ids of every Parquet file that is left below the table.
   *
   * @throws VectormillException ({@code RETRY}) naming a file where a purged id is left
   */
  void prove(Configuration conf) {
    List<String> files = Table.open(conf, table.uri()).filesWithIds();
    filesRead = files.size();
    if (files.isEmpty() || !hasIds()) {
      return;
    }
    List<String> left =
        TableFiles.idsByFile(spark, files)
            .join(ids, BY_ID, "left_semi")
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
          "table %s: purged ids are left in %s; end the run that writes there, clean, and purge again"
              .formatted(table.uri(), String.join(", ", left)));
    }
  }
}
