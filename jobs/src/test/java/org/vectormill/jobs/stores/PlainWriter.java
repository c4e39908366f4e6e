package org.vectormill.jobs.stores;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableManifest;
import org.vectormill.udfs.ContentHash;

/**
 * A job that writes numbered items, five a unit, through the same steps as any other: small enough
 * that a test can stop at each.
 */
record PlainWriter(SparkSession spark, String uri, String name) {
  static final int UNIT_ROWS = 5;

  /**
   * What a run did.
   *
   * @param resumed units that an earlier run had finished
   */
  record Outcome(PublishedWave wave, long resumed) {}

  /** Writes items {@code NAME-from} up to {@code NAME-to}, exclusive. */
  Outcome write(int from, int to, RunContext.Progress progress) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Optional<Table> planned = Table.find(conf, uri);
    Table table = Table.openOrCreate(conf, uri, manifest()).requireUnchangedSince(planned);
    Staging staging = table.stage("plain-" + name, name + "-" + from);
    RunContext context = new RunContext(name + "-" + from, 0, 0, true, false, progress);
    String prefix = name;
    List<UnitOutput> outputs =
        WaveRun.execute(
            spark,
            table,
            staging,
            context,
            new UnitPlan<>("plain", units(from, to), to - from, RowGroupSize.DEFAULT, 0),
            (start, sink) -> {
              for (int i = start; i < Math.min(to, start + UNIT_ROWS); i++) {
                sink.read(prefix + "-" + i);
                sink.item(item(prefix + "-" + i));
              }
            });
    IdSetHash read =
        outputs.stream().map(UnitOutput::read).reduce(IdSetHash.EMPTY, IdSetHash::plus);
    PublishedWave wave =
        WaveFinish.publish(spark, table, staging, context, outputs, read, List.of());
    long resumed =
        outputs.stream().filter(output -> output.facts().containsKey("units_resumed")).count();
    return new Outcome(wave, resumed);
  }

  private JavaRDD<WorkUnit<Integer>> units(int from, int to) {
    List<WorkUnit<Integer>> units =
        IntStream.iterate(from, i -> i < to, i -> i + UNIT_ROWS)
            .mapToObj(i -> WorkUnit.of("%08d".formatted(i), i, name, i, to))
            .toList();
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(units, units.size());
  }

  private static ItemRow item(String id) {
    String hash = ContentHash.of(id);
    return new ItemRow(
        id, "made:" + id, id.length(), "1", "text", id, null, hash, null, null, Map.of());
  }

  private static TableManifest manifest() {
    return new TableManifest(
        "items", 1, null, null, null, null, null, List.of("made"), Map.of(), "test");
  }
}
