package org.vectormill.schemas;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Opens readers and writers of a table's Parquet files, in tasks as on the driver. */
public final class TableFiles {
  /** Writer of an {@code items} file at {@code fileUri}, which must not exist. */
  public static TableFileWriter<ItemRow> writeItems(
      Configuration conf, String fileUri, Map<String, String> footer, RowGroupSize size) {
    return new ItemFileWriter(conf, fileUri, footer, size);
  }

  /**
   * Writer of a {@code vectors} file at {@code fileUri}, which must not exist. Vector pages are
   * made in bulk, not value by value.
   */
  public static TableFileWriter<VectorRows> writeVectors(
      Configuration conf,
      String fileUri,
      Map<String, String> footer,
      RowGroupSize size,
      int dimension) {
    return new VectorFileWriter(conf, fileUri, footer, size, dimension);
  }

  /** Writer of a {@code clusters} file at {@code fileUri}, which must not exist. */
  public static TableFileWriter<ClusterRows> writeClusters(
      Configuration conf, String fileUri, Map<String, String> footer, RowGroupSize size) {
    return new ClusterFileWriter(conf, fileUri, footer, size);
  }

  /** Writer of a {@code centroids} file at {@code fileUri}, which must not exist. */
  public static TableFileWriter<CentroidRow> writeCentroids(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return new CentroidFileWriter(conf, fileUri, footer);
  }

  /** Writer of a {@code metrics} file at {@code fileUri}, which must not exist. */
  public static TableFileWriter<MetricRow> writeMetrics(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return new MetricFileWriter(conf, fileUri, footer);
  }

  /** Writer of a {@code rejects} file at {@code fileUri}, which must not exist. */
  public static TableFileWriter<RejectRow> writeRejects(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return new RejectFileWriter(conf, fileUri, footer);
  }

  /** Writer of a list of processed sources at {@code fileUri}, which must not exist. */
  public static TableFileWriter<ProcessedSource> writeProcessed(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return KeyFileWriters.processed(conf, fileUri, footer);
  }

  /** Writer of a list of ids (column {@code id}) at {@code fileUri}, which must not exist. */
  public static TableFileWriter<String> writeIds(
      Configuration conf, String fileUri, Map<String, String> footer) {
    return KeyFileWriters.ids(conf, fileUri, footer);
  }

  /** Row groups of one file, from its footer. */
  public static List<RowGroup> rowGroups(Configuration conf, String fileUri) {
    try (ParquetRowGroups file = new ParquetRowGroups(conf, fileUri, List.of())) {
      return file.list();
    }
  }

  /** Reader of an {@code items} file. */
  public static TableReader<ItemRow[]> readItems(
      Configuration conf, String fileUri, ItemColumnSet columns) {
    return new ItemFileReader(conf, fileUri, columns);
  }

  /** Opens a {@code clusters} file. */
  public static TableReader<ClusterRows> readClusters(Configuration conf, String fileUri) {
    return new ClusterFileReader(conf, fileUri);
  }

  /**
   * Reader of a {@code vectors} file: any Parquet file with these columns, also one that another
   * program wrote; pages of fixed-length lists are copied in bulk.
   */
  public static TableReader<VectorRows> readVectors(Configuration conf, String fileUri) {
    return new VectorFileReader(conf, fileUri);
  }

  /**
   * Rows of some files, all of one kind, whatever characters their paths have. Names like {@code
   * wave=00001} do not become a column.
   */
  public static Dataset<Row> rows(SparkSession spark, List<DataFile> files) {
    return reader(spark).parquet(paths(files));
  }

  /** {@link #rows(SparkSession, List)} with columns that are known: no footer is read for them. */
  static Dataset<Row> rows(SparkSession spark, List<DataFile> files, StructType schema) {
    return reader(spark).schema(schema).parquet(paths(files));
  }

  private static DataFrameReader reader(SparkSession spark) {
    return spark
        .read()
        .option("recursiveFileLookup", "true")
        // Each path is one file, not a pattern: a directory may be named [old].
        .option("__globPaths__", "false");
  }

  private static String[] paths(List<DataFile> files) {
    return files.stream().map(DataFile::path).toArray(String[]::new);
  }

  /** Rows of a {@code rejects} file, in order; as many as one unit of work made. */
  public static List<RejectRow> readRejects(Configuration conf, String fileUri) {
    return RejectFiles.read(conf, fileUri);
  }

  /** Each id of these files, of any kinds, beside the escaped URI of its file: columns id, file. */
  public static Dataset<Row> idsByFile(SparkSession spark, List<String> files) {
    return reader(spark)
        .schema(new StructType().add(ItemColumns.ID, DataTypes.StringType))
        .parquet(files.toArray(String[]::new))
        .select(functions.col(ItemColumns.ID), functions.col("_metadata.file_path").as("file"));
  }

  /** Hash of column {@code id} of one file, read back from its data. */
  public static IdSetHash hashIds(Configuration conf, String fileUri) {
    IdSetHash ids = IdSetHash.EMPTY;
    try (ParquetRowGroups file = new ParquetRowGroups(conf, fileUri, List.of(ItemColumns.ID))) {
      for (RowGroup group : file.list()) {
        for (String id :
            file.decode(group.index(), pages -> file.required(pages, ItemColumns.ID))) {
          ids = ids.plus(IdSetHash.of(id));
        }
      }
    }
    return ids;
  }

  private TableFiles() {}
}
