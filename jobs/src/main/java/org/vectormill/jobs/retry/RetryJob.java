package org.vectormill.jobs.retry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.StagedLists;
import org.vectormill.schemas.RejectColumns;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.schemas.WaveContent;

/** Marks rejects of one table as to be tried again. */
public final class RetryJob implements Job<RetryOptions> {
  @Override
  public RetryResult run(SparkSession spark, RetryOptions options, RunContext context) {
    Table table = open(spark.sessionState().newHadoopConf(), options.input());
    Dataset<Row> wanted =
        table
            .settledRejects(spark)
            .filter(functions.col(RejectColumns.REASON).isin(codes(options)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> byReason = byReason(wanted);
    if (context.dryRun() || byReason.isEmpty()) {
      return RetryResult.of(table.uri(), byReason, context.dryRun());
    }
    Staging staging = table.stage("retry-" + context.runId(), context.runId());
    WaveContent content =
        WaveContent.empty()
            .withRetried(new StagedLists(spark, table, staging).retried(wanted.coalesce(1)));
    WaveCommit commit = staging.publish(content);
    context.progress().published(table.uri(), commit);
    wanted.unpersist();
    return RetryResult.of(table.uri(), byReason, false);
  }

  private static Object[] codes(RetryOptions options) {
    return options.reasons().stream().map(RejectReason::code).toArray();
  }

  private static Map<String, Long> byReason(Dataset<Row> rejects) {
    Map<String, Long> counts = new TreeMap<>();
    List<Row> rows = rejects.groupBy(RejectColumns.REASON).count().collectAsList();
    rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private static Table open(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    if (table.manifest().tableKind() == TableKind.REJECTS) {
      throw VectormillException.input(
          "--input " + uri + ": name the table whose rejects these are, the directory above");
    }
    return table;
  }
}
