package org.vectormill.jobs.describe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.WaveCommit;

/** Describes one table; reads only what its commits list. */
public final class DescribeJob implements Job<DescribeOptions> {
  @Override
  public DescribeResult run(SparkSession spark, DescribeOptions options, RunContext context) {
    Table table = Table.open(spark.sessionState().newHadoopConf(), options.table());
    Description description = describe(spark, table, options.peek());
    String printed =
        switch (options.format()) {
          case TEXT -> DescriptionText.of(description);
          case JSON -> DescriptionJson.of(description);
        };
    return new DescribeResult(printed, DescriptionJson.map(description));
  }

  private static Description describe(SparkSession spark, Table table, int peek) {
    List<DataFile> files = table.files();
    long committed = files.stream().mapToLong(DataFile::rows).sum();
    long current = table.hasReplacements() ? table.current(spark).count() : committed;
    return new Description(
        table.uri(),
        table.manifest(),
        current,
        committed - current,
        table.rejectFiles().stream().mapToLong(DataFile::rows).sum(),
        files.size(),
        files.stream().mapToLong(DataFile::bytes).sum(),
        norms(spark, table, files),
        table.waves().stream().map(DescribeJob::wave).toList(),
        rejectsByReason(spark, table),
        peek == 0 || current == 0 ? List.of() : peek(spark, table, peek));
  }

  private static Description.NormSummary norms(
      SparkSession spark, Table table, List<DataFile> files) {
    if (table.manifest().tableKind() != TableKind.VECTORS) {
      return null;
    }
    Norms norms = Norms.of(spark, files);
    return norms.rows() == 0
        ? null
        : new Description.NormSummary(norms.min(), norms.mean(), norms.max());
  }

  private static Description.Wave wave(WaveCommit commit) {
    return new Description.Wave(
        commit.wave(),
        commit.rows(),
        commit.rejects(),
        commit.replaced().stream().mapToLong(DataFile::rows).sum(),
        commit.runId(),
        commit.committedAt());
  }

  private static Map<String, Long> rejectsByReason(SparkSession spark, Table table) {
    Map<String, Long> counts = new TreeMap<>();
    if (!table.rejectFiles().isEmpty()) {
      table
          .rejects(spark)
          .groupBy(RejectColumns.STAGE, RejectColumns.REASON)
          .count()
          .collectAsList()
          .forEach(row -> counts.put(row.getString(0) + "/" + row.getString(1), row.getLong(2)));
    }
    return counts;
  }

  private static List<Map<String, Object>> peek(SparkSession spark, Table table, int rows) {
    return table.current(spark).limit(rows).collectAsList().stream()
        .map(DescribeJob::columns)
        .toList();
  }

  private static Map<String, Object> columns(Row row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      columns.put(row.schema().fieldNames()[i], PeekValue.of(row.get(i)));
    }
    return columns;
  }
}
