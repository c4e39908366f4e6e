package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Checkpoints;
import org.vectormill.schemas.StageBoundary;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs work units on the executors and stages what they make. */
public final class WaveRun {
  /**
   * Runs every unit of the plan, once in effect.
   *
   * @return one output a unit, in the order of keys
   * @throws org.vectormill.schemas.VectormillException ({@code RETRY}) where another run publishes
   *     the wave meanwhile and removes what both share
   */
  public static <U extends Serializable> List<UnitOutput> execute(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      UnitPlan<U> plan,
      UnitWork<U> work) {
    Configuration conf = spark.sessionState().newHadoopConf();
    SinkSpec spec =
        new SinkSpec(
            staging.places(),
            table.footer(),
            plan.rowGroups(),
            plan.dimension(),
            plan.stage(),
            context.runId());
    boolean resuming = new Checkpoints(conf, spec.places().units()).exist();
    List<UnitOutput> outputs = new ArrayList<>();
    context.progress().start(plan.stage(), plan.items(), "items");
    RDD<WorkUnit<U>> units = plan.units().rdd();
    try {
      spark
          .sparkContext()
          .runJob(
              units,
              new UnitTask<>(spec, resuming, broadcastConf(spark), work),
              new Collected(outputs, context.progress()),
              ClassTag$.MODULE$.<List<UnitOutput>>apply(List.class));
    } catch (Exception e) {
      throw staging.reasonOf(e);
    }
    StageBoundary.UNITS_DONE.pass();
    outputs.sort(Comparator.comparing(UnitOutput::key));
    return outputs;
  }

  /** Hadoop's settings of this session, for tasks. */
  public static Broadcast<SerializableConfiguration> broadcastConf(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
  }

  /** Runs on the driver as partitions end. */
  private static final class Collected
      extends AbstractFunction2<Object, List<UnitOutput>, BoxedUnit> {
    private final List<UnitOutput> outputs;
    private final RunContext.Progress progress;

    Collected(List<UnitOutput> outputs, RunContext.Progress progress) {
      this.outputs = outputs;
      this.progress = progress;
    }

    @Override
    public BoxedUnit apply(Object partition, List<UnitOutput> made) {
      outputs.addAll(made);
      progress.advance(made.stream().mapToLong(UnitOutput::items).sum());
      return BoxedUnit.UNIT;
    }
  }

  private WaveRun() {}
}
