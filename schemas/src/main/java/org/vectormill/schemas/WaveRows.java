package org.vectormill.schemas;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of many waves' files, each with its wave's number: one scan and, to compare them, one join,
 * so that a plan is no deeper for a thousand waves than for two.
 */
public record WaveRows(Dataset<Row> rows) {
  static final String WAVE = "vectormill_wave";

  private static final String KEY = "vectormill_key";
  private static final String LAST = "vectormill_last";

  /** What a wave's list says about rows of the wave itself. */
  public enum Reach {
    /** The list is about earlier waves alone. */
    EARLIER,
    /** The list is about its own wave too. */
    OWN_AND_EARLIER
  }

  /**
   * Rows of one part of some waves.
   *
   * @param schema columns to read
   * @param more columns to add, such as metadata of the scan
   */
  public static WaveRows of(
      SparkSession spark,
      List<WaveCommit> waves,
      Function<WaveCommit, List<DataFile>> part,
      StructType schema,
      Column... more) {
    List<DataFile> files = waves.stream().flatMap(wave -> part.apply(wave).stream()).toList();
    if (files.isEmpty()) {
      StructType numbered = schema.add(WAVE, DataTypes.IntegerType, false);
      return new WaveRows(spark.createDataFrame(List.of(), numbered));
    }
    Column wave =
        functions
            .udf(WaveOfFile.of(spark, waves, part), DataTypes.IntegerType)
            .apply(functions.col("_metadata.file_path"));
    Column[] columns = new Column[more.length + 2];
    columns[0] = functions.col("*");
    columns[1] = wave.as(WAVE);
    System.arraycopy(more, 0, columns, 2, more.length);
    return new WaveRows(TableFiles.rows(spark, files, schema).select(columns));
  }

  WaveRows and(WaveRows others) {
    return new WaveRows(rows.unionByName(others.rows));
  }

  /** Rows whose key no list names that reaches their wave. */
  WaveRows without(WaveRows lists, String key, Reach reach) {
    return new WaveRows(rows.join(lists.lastOf(key), reached(key, reach), "left_anti"));
  }

  /** Rows whose key some list names that reaches their wave. */
  public WaveRows within(WaveRows lists, String key, Reach reach) {
    return new WaveRows(rows.join(lists.lastOf(key), reached(key, reach), "left_semi"));
  }

  /** Rows with a key that {@code others} have in any wave. */
  WaveRows sharing(WaveRows others, String key) {
    Dataset<Row> keys = others.rows.select(functions.col(key).as(KEY));
    return new WaveRows(
        rows.join(keys, functions.col(key).equalTo(functions.col(KEY)), "left_semi"));
  }

  /** Of the lists that name a key, the last reaches furthest. */
  private Dataset<Row> lastOf(String key) {
    return rows.groupBy(functions.col(key).as(KEY)).agg(functions.max(WAVE).as(LAST));
  }

  private static Column reached(String key, Reach reach) {
    Column wave = functions.col(WAVE);
    Column last = functions.col(LAST);
    Column within =
        switch (reach) {
          case EARLIER -> wave.lt(last);
          case OWN_AND_EARLIER -> wave.leq(last);
        };
    return functions.col(key).equalTo(functions.col(KEY)).and(within);
  }

  /** The rows without the number. */
  public Dataset<Row> plain() {
    return rows.drop(WAVE);
  }
}
