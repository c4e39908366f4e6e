package org.vectormill.jobs.failure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.Table;

/**
 * All that counts when two tables are compared: current rows and rejects, in the order of their
 * ids, bit for bit; without run ids, times and file names.
 */
public record TableContent(List<String> rows, List<String> rejects) {
  public static TableContent of(SparkSession spark, Path uri) {
    return of(spark, uri.toString());
  }

  /** The table at a URI that this session reaches. */
  public static TableContent of(SparkSession spark, String uri) {
    Table table = Table.open(spark.sessionState().newHadoopConf(), uri);
    return new TableContent(
        lines(table.current(spark)),
        lines(table.rejects(spark).drop("run_id", "rejected_at", "message")));
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.orderBy(functions.col("id")).collectAsList().stream()
        .map(TableContent::line)
        .sorted()
        .toList();
  }

  private static String line(Row row) {
    return Stream.iterate(0, i -> i + 1)
        .limit(row.size())
        .map(i -> row.schema().fieldNames()[i] + "=" + value(row.get(i)))
        .toList()
        .toString();
  }

  private static String value(Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
  }
}
