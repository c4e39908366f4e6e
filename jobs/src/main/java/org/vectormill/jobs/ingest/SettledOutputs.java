package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import scala.Tuple2;

/**
 * Outputs of a run after repeated ids and unchanged items are out.
 *
 * @param outputs what is to be published, in the order of keys
 * @param done ids of items that the table held as they are
 */
record SettledOutputs(List<UnitOutput> outputs, IdSetHash done) {
  /** Settles what a run staged; only units with rows that must not stay are written again. */
  static SettledOutputs of(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      RowGroupSize rowGroups,
      Settlement settlement) {
    List<UnitOutput> outputs = settlement.outputs();
    Dataset<Row> leaving = settlement.found().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (leaving.isEmpty()) {
        return new SettledOutputs(outputs, IdSetHash.EMPTY);
      }
      UnitPlan<SettledUnit> plan =
          new UnitPlan<>(IngestJob.STAGE, units(spark, outputs, leaving), 0, rowGroups, 0);
      return merged(
          outputs, WaveRun.execute(spark, table, staging, context, plan, new SettleWork()));
    } finally {
      leaving.unpersist();
    }
  }

  private static JavaRDD<WorkUnit<SettledUnit>> units(
      SparkSession spark, List<UnitOutput> outputs, Dataset<Row> leaving) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Integer> unitOfFile = new HashMap<>();
    List<Tuple2<Integer, SettledUnit>> staged = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      UnitOutput output = outputs.get(i);
      for (DataFile file : output.files()) {
        unitOfFile.put(Settlement.name(file), i);
      }
      for (DataFile file : output.rejectFiles()) {
        unitOfFile.put(Settlement.name(file), i);
      }
      staged.add(new Tuple2<>(i, new SettledUnit(output.files(), output.rejectFiles(), List.of())));
    }
    Broadcast<Map<String, Integer>> positions = context.broadcast(unitOfFile);
    JavaPairRDD<Integer, Iterable<SettledUnit.Leaving>> rows =
        leaving
            .toJavaRDD()
            .map(row -> new SettledUnit.Leaving(row.getString(0), row.getLong(1), row.getString(2)))
            .mapToPair(row -> new Tuple2<>(positions.value().get(row.file()), row))
            .groupByKey();
    return rows.join(context.parallelizePairs(staged, 1))
        .map(entry -> unit(entry._1(), entry._2()._2(), entry._2()._1()));
  }

  private static WorkUnit<SettledUnit> unit(
      int position, SettledUnit staged, Iterable<SettledUnit.Leaving> leaving) {
    List<SettledUnit.Leaving> rows = new ArrayList<>();
    leaving.forEach(rows::add);
    rows.sort(
        Comparator.comparing(SettledUnit.Leaving::file)
            .thenComparingLong(SettledUnit.Leaving::row));
    SettledUnit unit = new SettledUnit(staged.files(), staged.rejectFiles(), rows);
    return WorkUnit.of("%08d".formatted(position), unit, unit);
  }

  private static SettledOutputs merged(List<UnitOutput> before, List<UnitOutput> rewritten) {
    List<UnitOutput> outputs = new ArrayList<>(before);
    IdSetHash done = IdSetHash.EMPTY;
    for (UnitOutput again : rewritten) {
      int position = Integer.parseInt(again.key());
      UnitOutput first = before.get(position);
      outputs.set(
          position,
          new UnitOutput(
              first.key(),
              again.files(),
              again.rejectFiles(),
              first.processed(),
              again.read(),
              again.skipped(),
              again.executor(),
              first.facts()));
      done = done.plus(again.skipped());
    }
    return new SettledOutputs(outputs, done);
  }
}
