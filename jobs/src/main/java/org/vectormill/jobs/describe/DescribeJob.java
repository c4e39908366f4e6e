package org.vectormill.jobs.describe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
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
    if (options.sql().isPresent()) {
      return sql(spark, options);
    }
    List<Description> tables =
        options.tables().stream().map(uri -> describe(spark, open(spark, uri), options)).toList();
    String printed =
        switch (options.format()) {
          case TEXT -> DescriptionText.of(tables, options.brief());
          case JSON -> DescriptionJson.of(tables);
        };
    return new DescribeResult(printed, Map.of("tables", DescriptionJson.maps(tables)));
  }

  private static DescribeResult sql(SparkSession spark, DescribeOptions options) {
    List<String> views =
        options.tables().stream()
            .map(uri -> ViewSql.of(open(spark, uri), options.sql().orElseThrow()))
            .toList();
    return new DescribeResult(String.join("\n\n", views), Map.of("sql", views));
  }

  private static Table open(SparkSession spark, String uri) {
    return Table.open(spark.sessionState().newHadoopConf(), uri);
  }

  private static Description describe(SparkSession spark, Table table, DescribeOptions options) {
    List<DataFile> files = table.files();
    long committed = files.stream().mapToLong(DataFile::rows).sum();
    long current = table.hasReplacements() ? table.current(spark).count() : committed;
    return new Description(
        table.uri(),
        table.manifest(),
        current,
        committed - current,
        rejects(spark, table),
        table.hasRetries() ? table.awaitedRejects(spark).count() : 0,
        table.supersededFilesLeft(),
        files.size(),
        files.stream().mapToLong(DataFile::bytes).sum(),
        norms(spark, table, files),
        table.waves().stream().map(DescribeJob::wave).toList(),
        rejectsByReason(spark, table),
        current == 0 ? List.of() : first(table.current(spark), options.peek()),
        table.rejectFiles().isEmpty() ? List.of() : first(table.rejects(spark), options.rejects()));
  }

  private static long rejects(SparkSession spark, Table table) {
    return table.hasRetries()
        ? table.rejects(spark).count()
        : table.rejectFiles().stream().mapToLong(DataFile::rows).sum();
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
        commit.isCompaction() ? 0 : commit.rows() - commit.replacedIds(),
        commit.replacedIds(),
        commit.removedIds(),
        commit.isCompaction() ? commit.compaction().through() : 0,
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

  private static List<Map<String, Object>> first(Dataset<Row> dataset, int rows) {
    return rows == 0
        ? List.of()
        : dataset.limit(rows).collectAsList().stream().map(DescribeJob::columns).toList();
  }

  private static Map<String, Object> columns(Row row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      columns.put(row.schema().fieldNames()[i], PeekValue.of(row.get(i)));
    }
    return columns;
  }
}
