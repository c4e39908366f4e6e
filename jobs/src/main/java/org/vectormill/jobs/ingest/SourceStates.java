package org.vectormill.jobs.ingest;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.ingest.read.SourceReader;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;

/** Which listed sources have to be read, and which an earlier run took as they are. */
final class SourceStates {
  private static final String UNCHANGED = "unchanged";

  private final SparkSession spark;
  private final Dataset<Row> files;

  private SourceStates(SparkSession spark, Dataset<Row> files) {
    this.spark = spark;
    this.files = files;
  }

  /**
   * Compares size and version with those that the table has on record.
   *
   * @param listed columns of {@link ListedFile#SCHEMA}
   * @param table empty where it is not there yet
   * @param verify whether every source is to be read again
   */
  static SourceStates of(
      SparkSession spark, Dataset<Row> listed, Optional<Table> table, boolean verify) {
    if (table.isEmpty() || verify) {
      return new SourceStates(spark, listed.withColumn(UNCHANGED, functions.lit(false)));
    }
    Dataset<Row> known = table.get().processed(spark);
    Column same =
        equal(listed, known, ItemColumns.SOURCE)
            .and(equal(listed, known, ItemColumns.SOURCE_SIZE))
            .and(equal(listed, known, ItemColumns.SOURCE_VERSION));
    Dataset<Row> compared =
        listed
            .join(known, same, "left_outer")
            .select(listed.col("*"), known.col(ItemColumns.SOURCE).isNotNull().as(UNCHANGED));
    return new SourceStates(spark, compared.persist(StorageLevel.MEMORY_AND_DISK()));
  }

  private static Column equal(Dataset<Row> left, Dataset<Row> right, String name) {
    return left.col(name).equalTo(right.col(name));
  }

  /** Sources to read. */
  Dataset<Row> open() {
    return files.filter(
        functions.not(functions.col(UNCHANGED).or(functions.col(ListedFile.HIDDEN))));
  }

  private Dataset<Row> unchanged() {
    return files.filter(functions.col(UNCHANGED));
  }

  /** Counts all files in one pass. */
  SourceCounts counts() {
    return SourceCounts.of(
        files
            .groupBy(
                functions.col(ListedFile.HIDDEN),
                functions.col(UNCHANGED),
                functions.col(ListedFile.KIND).as("of"))
            .agg(
                functions.count(functions.lit(1)),
                functions.sum(ItemColumns.SOURCE_SIZE),
                functions.min(
                    functions.struct(
                        ItemColumns.SOURCE,
                        ItemColumns.SOURCE_SIZE,
                        ItemColumns.SOURCE_VERSION,
                        ListedFile.PATH,
                        ListedFile.KIND)))
            .collectAsList());
  }

  /** Items of unchanged sources, as far as rows and rejects of the table tell. */
  long itemsOfUnchanged(Table table) {
    Column listedIn = functions.col(ItemColumns.ATTRIBUTES).getItem(SourceReader.LISTED_IN);
    Column source = functions.col(ItemColumns.SOURCE);
    Dataset<Row> rows =
        table.current(spark).select(functions.coalesce(listedIn, source).as(ItemColumns.SOURCE));
    Dataset<Row> rejects =
        table
            .rejects(spark)
            .filter(functions.col(RejectColumns.STAGE).equalTo(IngestJob.STAGE))
            .select(RejectColumns.ID, RejectColumns.SOURCE)
            .distinct()
            .select(RejectColumns.SOURCE);
    return rows.unionByName(rejects)
        .join(
            unchanged().select(source.as("as_before")),
            source.equalTo(functions.col("as_before")),
            "left_semi")
        .count();
  }
}
