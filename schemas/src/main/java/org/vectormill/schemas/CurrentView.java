package org.vectormill.schemas;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.schemas.WaveRows.Reach;

/**
 * What readers of a table see, put together from the files of its waves. Each view is one plan,
 * however many waves there are.
 */
final class CurrentView {
  private static final String[] BY_ID = {ItemColumns.ID};
  private static final String LAST = "last";
  private static final StructType SOURCES =
      new StructType().add(ItemColumns.SOURCE, DataTypes.StringType, false);
  private static final StructType IDS =
      new StructType().add(ItemColumns.ID, DataTypes.StringType, false);
  private static final StructType KEYS =
      IDS.add(ItemColumns.CONTENT_HASH, DataTypes.StringType, false);

  private final SparkSession spark;
  private final Table table;
  private final List<WaveCommit> waves;
  private final List<WaveCommit> retrying;
  private final List<WaveCommit> removing;

  CurrentView(SparkSession spark, Table table) {
    this.spark = spark;
    this.table = table;
    this.waves = table.waves();
    this.removing = waves.stream().filter(wave -> !wave.removedRejects().isEmpty()).toList();
    this.retrying = waves.stream().filter(wave -> !wave.retried().isEmpty()).toList();
  }

  /** Rows without those that a later wave replaced or removed. */
  Dataset<Row> rows() {
    StructType schema = table.manifest().tableKind().schema();
    List<WaveCommit> hiding = hiding(waves);
    return hiding.isEmpty()
        ? plain(waves, table::files, schema)
        : shown(WaveRows.of(spark, waves, table::files, schema), hiding);
  }

  /**
   * Where rows of some waves stand that no later one of them hides: {@code id}, {@code
   * content_hash}, {@link Table#FILE}, {@link Table#ROW}.
   */
  Dataset<Row> positions(List<WaveCommit> of) {
    WaveRows rows =
        WaveRows.of(
            spark,
            of,
            table::files,
            KEYS,
            functions.col("_metadata.file_path").as(Table.FILE),
            functions.col("_metadata.row_index").as(Table.ROW));
    List<WaveCommit> hiding = hiding(of);
    return hiding.isEmpty() ? rows.plain() : shown(rows, hiding);
  }

  static List<WaveCommit> hiding(List<WaveCommit> of) {
    return of.stream().filter(WaveCommit::hides).toList();
  }

  /** A wave hides rows of earlier waves, and may have new ones with the same ids. */
  private Dataset<Row> shown(WaveRows rows, List<WaveCommit> hiding) {
    WaveRows hidden = WaveRows.of(spark, hiding, table::hidden, IDS);
    return rows.without(hidden, ItemColumns.ID, Reach.EARLIER).plain();
  }

  /**
   * Rejects without those that were removed since, or tried again and became a row or another
   * reject.
   */
  Dataset<Row> rejects() {
    return rejects(waves, () -> retried(IDS).within(tried(), ItemColumns.ID, Reach.EARLIER));
  }

  /**
   * Rejects that were not removed since.
   *
   * @param over retried ones that are not among them; asked for where there are retried ones
   */
  private Dataset<Row> rejects(List<WaveCommit> of, Supplier<WaveRows> over) {
    if (retrying.isEmpty() && removing.isEmpty()) {
      return plain(of, table::rejectFiles, RejectColumns.SCHEMA);
    }
    WaveRows rejects = WaveRows.of(spark, of, table::rejectFiles, RejectColumns.SCHEMA);
    if (!removing.isEmpty()) {
      rejects = rejects.without(removedRejects(), ItemColumns.ID, Reach.EARLIER);
    }
    if (!retrying.isEmpty()) {
      rejects = rejects.without(over.get(), ItemColumns.ID, Reach.OWN_AND_EARLIER);
    }
    return rejects.plain();
  }

  private WaveRows removedRejects() {
    return WaveRows.of(spark, removing, table::removedRejects, IDS);
  }

  private WaveRows retried(StructType columns) {
    return WaveRows.of(spark, retrying, table::retried, columns);
  }

  /** Ids that waves want tried again, as later waves have them among their rows and rejects. */
  private WaveRows tried() {
    int first = retrying.get(0).wave();
    List<WaveCommit> later = waves.stream().filter(wave -> wave.wave() > first).toList();
    return WaveRows.of(spark, later, table::files, IDS)
        .and(WaveRows.of(spark, later, table::rejectFiles, IDS))
        .sharing(retried(IDS), ItemColumns.ID);
  }

  /** Rejects that stay so: neither withheld nor wanted again. */
  Dataset<Row> settledRejects() {
    List<WaveCommit> published = waves.stream().filter(wave -> !wave.withheld()).toList();
    return rejects(published, () -> retried(IDS));
  }

  /** Rejects that are wanted again and were not tried since. */
  Dataset<Row> awaited() {
    if (retrying.isEmpty()) {
      return empty(RejectColumns.SCHEMA);
    }
    WaveRows over = retried(IDS).and(tried()).and(removedRejects());
    return retried(RejectColumns.SCHEMA).without(over, ItemColumns.ID, Reach.EARLIER).plain();
  }

  /**
   * Sources that need no second look, each as the last run took it, without those of rejects that
   * are wanted again.
   */
  Dataset<Row> processed() {
    WaveRows lists = WaveRows.of(spark, waves, table::processed, ProcessedColumns.SCHEMA);
    if (!retrying.isEmpty()) {
      lists = lists.without(retried(SOURCES), ItemColumns.SOURCE, Reach.OWN_AND_EARLIER);
    }
    return lists
        .rows()
        .groupBy(ItemColumns.SOURCE)
        .agg(
            functions
                .max(
                    functions.struct(
                        WaveRows.WAVE, ItemColumns.SOURCE_SIZE, ItemColumns.SOURCE_VERSION))
                .as(LAST))
        .select(
            ItemColumns.SOURCE,
            LAST + "." + ItemColumns.SOURCE_SIZE,
            LAST + "." + ItemColumns.SOURCE_VERSION);
  }

  /** Ids that waves removed and that no row has now. */
  Dataset<Row> removedIds() {
    return plain(waves, table::removed, IDS)
        .distinct()
        .join(rows().select(ItemColumns.ID), BY_ID, "left_anti");
  }

  /** Removed ids, and those of removed rejects that have neither row nor reject now. */
  Dataset<Row> goneIds() {
    if (removing.isEmpty()) {
      return removedIds();
    }
    Dataset<Row> rejects =
        plain(removing, table::removedRejects, IDS)
            .join(rows().select(ItemColumns.ID), BY_ID, "left_anti")
            .join(rejects().select(RejectColumns.ID), BY_ID, "left_anti");
    return removedIds().unionByName(rejects).distinct();
  }

  private Dataset<Row> plain(
      List<WaveCommit> of, Function<WaveCommit, List<DataFile>> part, StructType schema) {
    List<DataFile> files = of.stream().flatMap(wave -> part.apply(wave).stream()).toList();
    return files.isEmpty() ? empty(schema) : TableFiles.rows(spark, files, schema);
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }
}
