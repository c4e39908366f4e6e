package org.vectormill.jobs.clustering;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.StagedIds;
import org.vectormill.schemas.CentroidRow;
import org.vectormill.schemas.Compaction;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.schemas.WaveContent;

/**
 * Publishes rows that the driver holds as a wave that stands for the whole table: earlier waves are
 * superseded by it as by a compaction, and their files go a day later.
 */
final class WholeTableWave {
  private static final Duration RETAIN = Duration.ofDays(1);

  private final SparkSession spark;
  private final Configuration conf;
  private final RunContext context;
  private final String plan;

  WholeTableWave(SparkSession spark, RunContext context, String plan) {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.context = context;
    this.plan = plan;
  }

  void centroids(Table table, List<CentroidRow> rows) {
    publish(table, rows, TableFiles::writeCentroids);
  }

  void metrics(Table table, List<MetricRow> rows) {
    publish(table, rows, TableFiles::writeMetrics);
  }

  @FunctionalInterface
  private interface Opener<R> {
    TableFileWriter<R> open(Configuration conf, String uri, Map<String, String> footer);
  }

  /** Publishes, unless the table's newest wave is of this plan. */
  private <R> void publish(Table table, List<R> rows, Opener<R> opener) {
    Staging staging = table.stage(plan, context.runId());
    if (staging.finishInterrupted().isPresent()
        || ClusterTables.plan(Optional.of(table)).equals(Optional.of(plan))) {
      staging.discard();
      return;
    }
    DataFile file = write(table, staging, rows, opener);
    requireWritten(table, file);
    WaveContent content =
        WaveContent.empty()
            .withRows(List.of(file), List.of())
            .withDone(List.of(), List.of(ClusterTables.mark(plan)));
    if (table.lastWave() > 0) {
      content = content.withCompaction(new Compaction(table.lastWave(), RETAIN.toSeconds()));
    }
    WaveCommit commit = staging.publish(content);
    context.progress().published(table.uri(), commit);
  }

  private <R> DataFile write(Table table, Staging staging, List<R> rows, Opener<R> opener) {
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<R> writer = opener.open(conf, uri, table.footer())) {
      rows.forEach(writer::write);
      return writer.finish();
    }
  }

  private void requireWritten(Table table, DataFile file) {
    if (!StagedIds.of(spark, List.of(file)).equals(file.ids())) {
      throw new VectormillException(
          Fault.BUG,
          "table %s: the ids in %s are not those that were written; nothing is published, please report it"
              .formatted(table.uri(), file.path()));
    }
  }
}
