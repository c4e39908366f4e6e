package org.vectormill.jobs.compact;

import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.wave.FileRows;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.WaveCommit;
import scala.Tuple2;

/**
 * Where rows stand that a later wave hides: one join of ids with the lists of all waves, whatever
 * their number.
 */
final class HiddenPositions {
  private static final String FILE = "compact_file";
  private static final String ROW = "compact_row";
  private static final String LIST = "compact_list";

  private final SparkSession spark;
  private final Table table;

  HiddenPositions(SparkSession spark, Table table) {
    this.spark = spark;
    this.table = table;
  }

  /** Where a hidden row stands. */
  private record Position(String file, long row, String id) implements Serializable {}

  /** Hidden rows by the file's index in {@code table.files()}. */
  JavaPairRDD<Integer, FileRows> byFile() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<DataFile> lists =
        table.waves().stream()
            .filter(wave -> !wave.isCompaction())
            .flatMap(wave -> table.hidden(wave).stream())
            .toList();
    if (lists.isEmpty() || table.files().isEmpty()) {
      return context.<Tuple2<Integer, FileRows>>emptyRDD().mapToPair(pair -> pair);
    }
    Broadcast<Map<String, Integer>> waveOfFile = context.broadcast(waves(table::files));
    Broadcast<Map<String, Integer>> waveOfList = context.broadcast(waves(table::hidden));
    Broadcast<Map<String, Integer>> index = context.broadcast(indexes());
    // A row of an early wave may be named by the lists of several later ones.
    return named(lists)
        .toJavaRDD()
        .filter(
            row ->
                waveOfFile.value().get(path(row.getString(0)))
                    < waveOfList.value().get(path(row.getString(3))))
        .map(row -> new Position(path(row.getString(0)), row.getLong(1), row.getString(2)))
        .distinct()
        .mapToPair(row -> new Tuple2<>(index.value().get(row.file()), row))
        .aggregateByKey(
            new FileRows(), (rows, row) -> rows.add(row.row(), row.id()), FileRows::merge);
  }

  private Dataset<Row> named(List<DataFile> lists) {
    Dataset<Row> ids =
        TableFiles.rows(spark, lists)
            .select(functions.col(ItemColumns.ID), functions.col("_metadata.file_path").as(LIST));
    return TableFiles.rows(spark, table.files())
        .select(
            functions.col(ItemColumns.ID),
            functions.col("_metadata.file_path").as(FILE),
            functions.col("_metadata.row_index").as(ROW))
        .join(ids, ItemColumns.ID)
        .select(FILE, ROW, ItemColumns.ID, LIST);
  }

  private Map<String, Integer> waves(Function<WaveCommit, List<DataFile>> part) {
    Map<String, Integer> waves = new HashMap<>();
    for (WaveCommit wave : table.waves()) {
      part.apply(wave).forEach(file -> waves.put(file.path(), wave.wave()));
    }
    return waves;
  }

  private Map<String, Integer> indexes() {
    Map<String, Integer> indexes = new HashMap<>();
    table.files().forEach(file -> indexes.put(file.path(), indexes.size()));
    return indexes;
  }

  /** Spark names a file by an escaped URI. */
  private static String path(String escaped) {
    return new Path(URI.create(escaped)).toString();
  }
}
