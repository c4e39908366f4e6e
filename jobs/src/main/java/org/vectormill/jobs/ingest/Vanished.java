package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.ingest.read.SourceReader;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;

/**
 * Items and rejects that the inputs no longer have: of sources that are gone from the input
 * directories, and of sources that were read again and hold them no more. A source that was read
 * with rejects loses none: what could not be read may be what is missed.
 */
final class Vanished {
  /** Size of a source on record that is gone; no file has it, so one that comes back is new. */
  static final long GONE_SIZE = -1;

  private static final String[] BY_SOURCE = {ItemColumns.SOURCE};
  private static final String GONE_VERSION = "gone";

  private final SparkSession spark;
  private final Table table;
  private final Dataset<Row> gone;

  private Vanished(SparkSession spark, Table table, Dataset<Row> gone) {
    this.spark = spark;
    this.table = table;
    this.gone = gone;
  }

  /**
   * Compares the sources on record with those that are there.
   *
   * @param listed columns of {@link ListedFile#SCHEMA}
   * @throws VectormillException ({@code USAGE}) where an input is no directory: what is missing
   *     beside a file or in a glob is not known
   */
  static Vanished of(SparkSession spark, IngestOptions options, Table table, Dataset<Row> listed) {
    Column below = functions.lit(false);
    for (String root : directories(spark.sessionState().newHadoopConf(), options.inputs())) {
      below = below.or(functions.col(ItemColumns.SOURCE).startsWith(root + "/"));
    }
    Dataset<Row> there =
        listed.filter(functions.not(functions.col(ListedFile.HIDDEN))).select(ItemColumns.SOURCE);
    Dataset<Row> gone =
        table
            .processed(spark)
            .filter(below.and(functions.col(ItemColumns.SOURCE_SIZE).notEqual(GONE_SIZE)))
            .select(ItemColumns.SOURCE)
            .join(there, BY_SOURCE, "left_anti")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Vanished(spark, table, gone);
  }

  private static List<String> directories(Configuration conf, List<String> inputs) {
    List<String> directories = new ArrayList<>();
    for (InputTask task : new Inputs(conf).resolve(inputs)) {
      if (!task.recursive() || task.namePattern() != null) {
        throw new VectormillException(
            Fault.USAGE,
            "--vanished remove: --input "
                + inputs.get(task.input())
                + " is no directory, so what is gone is not known; name directories, or use"
                + " --vanished keep");
      }
      directories.add(task.at());
    }
    return directories;
  }

  /** Sources that are gone: column {@code source}. */
  Dataset<Row> sources() {
    return gone;
  }

  boolean hasSources() {
    return !gone.isEmpty();
  }

  /** The gone sources as they go on record: columns of processed sources. */
  Dataset<Row> onRecord() {
    return gone.withColumn(ItemColumns.SOURCE_SIZE, functions.lit(GONE_SIZE))
        .withColumn(ItemColumns.SOURCE_VERSION, functions.lit(GONE_VERSION));
  }

  /**
   * Ids (column {@code id}) that have vanished.
   *
   * @param open sources that this run read
   * @param outputs all that it found there, before repeated ids were taken out
   */
  Dataset<Row> ids(Dataset<Row> open, List<UnitOutput> outputs) {
    Dataset<Row> items = items();
    Dataset<Row> reread = open.select(ItemColumns.SOURCE);
    List<DataFile> rejects = files(outputs, UnitOutput::rejectFiles);
    if (!rejects.isEmpty()) {
      Dataset<Row> troubled = TableFiles.rows(spark, rejects).select(ItemColumns.SOURCE);
      reread = reread.join(troubled, BY_SOURCE, "left_anti");
    }
    Dataset<Row> ids =
        items.join(gone.unionByName(reread), BY_SOURCE, "left_semi").select(ItemColumns.ID);
    List<DataFile> rows = files(outputs, UnitOutput::files);
    return rows.isEmpty() ? ids : ids.except(TableFiles.rows(spark, rows).select(ItemColumns.ID));
  }

  /**
   * Id and source of each current row and reject; for an image that a record names, the record's
   * source.
   */
  private Dataset<Row> items() {
    Column listedIn = functions.col(ItemColumns.ATTRIBUTES).getItem(SourceReader.LISTED_IN);
    Column source = functions.coalesce(listedIn, functions.col(ItemColumns.SOURCE));
    Dataset<Row> rows =
        table
            .current(spark)
            .select(
                functions.col(ItemColumns.ID),
                source.cast(DataTypes.StringType).as(ItemColumns.SOURCE));
    return table.rejectFiles().isEmpty()
        ? rows
        : rows.unionByName(table.rejects(spark).select(RejectColumns.ID, RejectColumns.SOURCE));
  }

  private static List<DataFile> files(
      List<UnitOutput> outputs, Function<UnitOutput, List<DataFile>> part) {
    return outputs.stream().flatMap(output -> part.apply(output).stream()).toList();
  }
}
