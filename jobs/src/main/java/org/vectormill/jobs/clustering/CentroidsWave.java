package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.schemas.CentroidColumns;
import org.vectormill.schemas.CentroidRow;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;

/** Publishes the centroids of a model as a wave that stands in place of all earlier rows. */
final class CentroidsWave {
  private final SparkSession spark;
  private final RunContext context;
  private final String plan;

  CentroidsWave(SparkSession spark, RunContext context, String plan) {
    this.spark = spark;
    this.context = context;
    this.plan = plan;
  }

  /** Publishes, unless the table's newest wave is of this plan. */
  void publish(Table table, List<CentroidRow> rows) {
    Staging staging = table.stage(plan, context.runId());
    if (staging.finishInterrupted().isPresent()
        || ClusterTables.plan(Optional.of(table)).equals(Optional.of(plan))) {
      staging.discard();
      return;
    }
    DataFile file = write(table, staging, rows);
    IdSetHash ids = IdSetHash.EMPTY;
    for (CentroidRow row : rows) {
      ids = ids.plus(IdSetHash.of(row.id()));
    }
    UnitOutput output =
        new UnitOutput(
            "centroids", List.of(file), List.of(), List.of(), ids, IdSetHash.EMPTY, "", Map.of());
    // Whatever is there and not among the new rows goes.
    Optional<Dataset<Row>> gone =
        table.files().isEmpty()
            ? Optional.empty()
            : Optional.of(table.current(spark).select(CentroidColumns.ID));
    var unused =
        WaveFinish.publish(
            spark,
            table,
            staging,
            context,
            List.of(output),
            new TakenInput(ids, List.of(ClusterTables.mark(plan)), gone));
  }

  private DataFile write(Table table, Staging staging, List<CentroidRow> rows) {
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<CentroidRow> writer =
        TableFiles.writeCentroids(spark.sessionState().newHadoopConf(), uri, table.footer())) {
      rows.forEach(writer::write);
      return writer.finish();
    }
  }
}
