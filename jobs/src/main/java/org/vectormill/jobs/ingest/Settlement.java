package org.vectormill.jobs.ingest;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;

/**
 * Finds staged rows that must not stay: those whose id another has already, and those that the
 * table holds as they are.
 *
 * <p>Of several rows with one id stays the one from the source that has the id in the table, else
 * the first by unit and position, which is the first by source and position. A staged row is done
 * already where the table's current row from the same source has the same content, label, split and
 * attributes; a staged reject, where an earlier run that published its rows rejected the same item
 * for the same reason.
 */
final class Settlement {
  static final String FILE = "settled_file";
  static final String ROW = "settled_row";

  /** Source of the row that keeps the id; null where the staged row is done already. */
  static final String KEEPER = "settled_keeper";

  private static final String UNIT = "settled_unit";
  private static final String FORM = "settled_form";
  private static final String RANK = "settled_rank";
  private static final String OWNER = "settled_owner";
  private static final String OWNER_FORM = "settled_owner_form";
  private static final String OWN = "settled_own";
  private static final String EARLIER = "settled_earlier";

  private final SparkSession spark;
  private final Table table;
  private final List<UnitOutput> outputs;
  private final Optional<Dataset<Row>> gone;

  /**
   * @param gone sources (column {@code source}) that own no id any more; empty where all do
   */
  Settlement(
      SparkSession spark, Table table, List<UnitOutput> outputs, Optional<Dataset<Row>> gone) {
    this.gone = gone;
    this.spark = spark;
    this.table = table;
    this.outputs = outputs;
  }

  List<UnitOutput> outputs() {
    return outputs;
  }

  /** Staged rows and rejects that must not stay: {@link #FILE}, {@link #ROW}, {@link #KEEPER}. */
  Dataset<Row> found() {
    StructType columns =
        new StructType()
            .add(FILE, DataTypes.StringType)
            .add(ROW, DataTypes.LongType)
            .add(KEEPER, DataTypes.StringType);
    Dataset<Row> found = spark.createDataFrame(List.of(), columns);
    if (!files(false).isEmpty()) {
      found = found.unionByName(rows());
    }
    return files(true).isEmpty() || earlierRejectFiles().isEmpty()
        ? found
        : found.unionByName(rejectsDone());
  }

  private List<DataFile> files(boolean rejects) {
    return outputs.stream()
        .flatMap(output -> (rejects ? output.rejectFiles() : output.files()).stream())
        .toList();
  }

  private Dataset<Row> rows() {
    Column own = coalesce(col(OWNER).equalTo(col(ItemColumns.SOURCE)), lit(false));
    WindowSpec sameId = Window.partitionBy(ItemColumns.ID).orderBy(desc(OWN), col(UNIT), col(ROW));
    Column isFirst = col(RANK).equalTo(1);
    Column same = col(OWN).and(col(FORM).equalTo(col(OWNER_FORM)));
    Column stays = isFirst.and(col(OWNER).isNull().or(col(OWN).and(not(same))));
    Dataset<Row> leaving =
        withOwners(staged())
            .withColumn(OWN, own)
            .withColumn(RANK, row_number().over(sameId))
            .withColumn(KEEPER, coalesce(col(OWNER), first(ItemColumns.SOURCE).over(sameId)))
            .filter(not(stays))
            .withColumn(KEEPER, when(isFirst.and(same), lit(null)).otherwise(col(KEEPER)))
            .withColumn(RejectColumns.REASON, lit(RejectReason.REPEATED_ID.code()));
    return earlierRejectFiles().isEmpty()
        ? leaving.select(FILE, ROW, KEEPER)
        : withoutKeeperWhereRejected(leaving);
  }

  private Dataset<Row> staged() {
    Dataset<Row> rows =
        TableFiles.rows(spark, files(false))
            .select(
                col("_metadata.file_name").as(FILE),
                col("_metadata.row_index").as(ROW),
                col(ItemColumns.ID),
                col(ItemColumns.SOURCE),
                col(ItemColumns.CONTENT_HASH),
                form().as(FORM));
    return rows.join(broadcast(units()), FILE);
  }

  /** All of a row that a reader of the table would miss if it were not taken over. */
  private static Column form() {
    return to_json(
        struct(
            col(ItemColumns.CONTENT_HASH),
            col(ItemColumns.LABEL),
            col(ItemColumns.SPLIT),
            array_sort(map_entries(col(ItemColumns.ATTRIBUTES)))));
  }

  /** Position of each staged file's unit. */
  private Dataset<Row> units() {
    List<Row> units = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      for (DataFile file : outputs.get(i).files()) {
        units.add(RowFactory.create(name(file), i));
      }
    }
    return spark.createDataFrame(
        units, new StructType().add(FILE, DataTypes.StringType).add(UNIT, DataTypes.IntegerType));
  }

  static String name(DataFile file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  private Dataset<Row> withOwners(Dataset<Row> staged) {
    if (table.files().isEmpty()) {
      Column none = lit(null).cast(DataTypes.StringType);
      return staged.withColumn(OWNER, none).withColumn(OWNER_FORM, none);
    }
    Dataset<Row> current = table.current(spark);
    Dataset<Row> owning =
        gone.map(sources -> current.join(sources, new String[] {ItemColumns.SOURCE}, "left_anti"))
            .orElse(current);
    Dataset<Row> owners =
        owning.select(
            col(ItemColumns.ID), col(ItemColumns.SOURCE).as(OWNER), form().as(OWNER_FORM));
    return staged.join(
        owners,
        scala.jdk.javaapi.CollectionConverters.asScala(List.of(ItemColumns.ID)).toSeq(),
        "left_outer");
  }

  private Dataset<Row> withoutKeeperWhereRejected(Dataset<Row> leaving) {
    Dataset<Row> earlier = earlierRejects().withColumn(EARLIER, lit(true));
    return leaving
        .join(earlier, sameReject(leaving, earlier), "left_outer")
        .select(
            leaving.col(FILE),
            leaving.col(ROW),
            when(earlier.col(EARLIER), lit(null)).otherwise(leaving.col(KEEPER)).as(KEEPER));
  }

  private Dataset<Row> rejectsDone() {
    Dataset<Row> staged =
        TableFiles.rows(spark, files(true))
            .select(
                col("_metadata.file_name").as(FILE),
                col("_metadata.row_index").as(ROW),
                col(RejectColumns.ID),
                col(RejectColumns.SOURCE),
                col(RejectColumns.CONTENT_HASH),
                col(RejectColumns.REASON));
    Dataset<Row> earlier = earlierRejects();
    return staged
        .join(earlier, sameReject(staged, earlier), "left_semi")
        .select(col(FILE), col(ROW), lit(null).cast(DataTypes.StringType).as(KEEPER));
  }

  private static Column sameReject(Dataset<Row> left, Dataset<Row> right) {
    return left.col(RejectColumns.ID)
        .equalTo(right.col(RejectColumns.ID))
        .and(left.col(RejectColumns.SOURCE).equalTo(right.col(RejectColumns.SOURCE)))
        .and(left.col(RejectColumns.REASON).equalTo(right.col(RejectColumns.REASON)))
        .and(
            left.col(RejectColumns.CONTENT_HASH).eqNullSafe(right.col(RejectColumns.CONTENT_HASH)));
  }

  /** Rejects of waves with rows: a failed gate leaves all of its input to another run. */
  private List<DataFile> earlierRejectFiles() {
    return table.waves().stream()
        .filter(wave -> !wave.processed().isEmpty())
        .flatMap(wave -> wave.rejectFiles().stream())
        .map(file -> absolute(table.uri(), file))
        .toList();
  }

  private static DataFile absolute(String uri, DataFile file) {
    return new DataFile(uri + "/" + file.path(), file.rows(), file.bytes(), file.ids());
  }

  private Dataset<Row> earlierRejects() {
    return table
        .settledRejects(spark)
        .filter(col(RejectColumns.STAGE).equalTo(IngestJob.STAGE))
        .select(
            RejectColumns.ID,
            RejectColumns.SOURCE,
            RejectColumns.CONTENT_HASH,
            RejectColumns.REASON)
        .distinct();
  }
}
