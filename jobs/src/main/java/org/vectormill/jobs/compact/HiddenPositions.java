package org.vectormill.jobs.compact;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.jobs.wave.FileRows;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.schemas.WaveRows;
import scala.Tuple2;

/**
 * Where rows stand that a later wave hides: one join of ids with the lists of all waves, whatever
 * their number.
 */
final class HiddenPositions {
  private static final String FILE = "compact_file";
  private static final String ROW = "compact_row";
  private static final StructType IDS =
      new StructType().add(ItemColumns.ID, DataTypes.StringType, false);

  private final SparkSession spark;
  private final Table table;

  HiddenPositions(SparkSession spark, Table table) {
    this.spark = spark;
    this.table = table;
  }

  /** Hidden rows by the file's index in {@code table.files()}. */
  JavaPairRDD<Integer, FileRows> byFile() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<WaveCommit> naming = table.waves().stream().filter(wave -> !wave.isCompaction()).toList();
    if (table.files().isEmpty() || naming.stream().allMatch(wave -> table.hidden(wave).isEmpty())) {
      return context.<Tuple2<Integer, FileRows>>emptyRDD().mapToPair(pair -> pair);
    }
    Broadcast<Map<String, Integer>> index = context.broadcast(indexes());
    WaveRows lists = WaveRows.of(spark, naming, table::hidden, IDS);
    return WaveRows.of(
            spark,
            table.waves(),
            table::files,
            IDS,
            functions.col("_metadata.file_path").as(FILE),
            functions.col("_metadata.row_index").as(ROW))
        .within(lists, ItemColumns.ID, WaveRows.Reach.EARLIER)
        .plain()
        .select(FILE, ROW, ItemColumns.ID)
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(index.value().get(path(row.getString(0))), row))
        .aggregateByKey(
            new FileRows(),
            (rows, row) -> rows.add(row.getLong(1), row.getString(2)),
            FileRows::merge);
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
