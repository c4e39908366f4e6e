package org.vectormill.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.Main;
import org.vectormill.schemas.Table;

/** Runs the command in this JVM and looks at its table. */
public final class IngestRun {
  private final String output;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  public IngestRun(String output) {
    this.output = output;
  }

  /** Runs {@code ingest} and returns what it printed. */
  public String run(String... args) {
    int code = code(args);
    assertEquals(0, code, err::toString);
    return out.toString();
  }

  int code(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("ingest", "--output", output));
    all.addAll(List.of(args));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  String uri() {
    return output;
  }

  /** What the last run said of its failure. */
  String failure() {
    return err.toString();
  }

  Table table() {
    return Table.open(new Configuration(), output);
  }

  /** Current rows but for what differs between runs, ordered by id. */
  public List<Row> rows(SparkSession spark) {
    return table()
        .current(spark)
        .withColumn(
            "attributes", functions.array_sort(functions.map_entries(functions.col("attributes"))))
        .withColumn("image", functions.base64(functions.col("image")))
        .orderBy("id")
        .collectAsList();
  }

  Map<String, String> texts(SparkSession spark) {
    Map<String, String> texts = new java.util.TreeMap<>();
    rows(spark).forEach(row -> texts.put(row.getAs("id"), row.getAs("text")));
    return texts;
  }

  /** Rejects as {@code id reason}, in order. */
  public List<String> rejects(SparkSession spark) {
    return table().rejects(spark).orderBy("id", "reason").collectAsList().stream()
        .map(row -> row.getAs("id") + " " + row.getAs("reason"))
        .toList();
  }
}
