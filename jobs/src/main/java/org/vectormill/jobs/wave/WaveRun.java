package org.vectormill.jobs.wave;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.runner.RunContext;
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
   */
  public static <U extends Serializable> List<UnitOutput> execute(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      UnitPlan<U> plan,
      UnitWork<U> work) {
    SinkSpec spec =
        new SinkSpec(
            staging.directory(),
            table.footer(),
            plan.rowGroups(),
            plan.dimension(),
            plan.stage(),
            context.runId());
    List<UnitOutput> outputs = new ArrayList<>();
    context.progress().start(plan.stage(), plan.items(), "items");
    RDD<WorkUnit<U>> units = plan.units().rdd();
    spark
        .sparkContext()
        .runJob(
            units,
            new PartitionWork<>(spec, broadcastConf(spark), work),
            new Collected(outputs, context.progress()),
            ClassTag$.MODULE$.<List<UnitOutput>>apply(List.class));
    outputs.sort(Comparator.comparing(UnitOutput::key));
    return outputs;
  }

  /** Hadoop's settings of this session, for tasks. */
  public static Broadcast<SerializableConfiguration> broadcastConf(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
  }

  /** Runs in a task: the units of one partition, one after the other. */
  private static final class PartitionWork<U extends Serializable>
      extends AbstractFunction2<
          TaskContext, scala.collection.Iterator<WorkUnit<U>>, List<UnitOutput>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SinkSpec spec;
    private final Broadcast<SerializableConfiguration> conf;
    private final UnitWork<U> work;

    PartitionWork(SinkSpec spec, Broadcast<SerializableConfiguration> conf, UnitWork<U> work) {
      this.spec = spec;
      this.conf = conf;
      this.work = work;
    }

    @Override
    public List<UnitOutput> apply(
        TaskContext context, scala.collection.Iterator<WorkUnit<U>> units) {
      List<UnitOutput> outputs = new ArrayList<>();
      while (units.hasNext()) {
        outputs.add(run(units.next(), conf.value().value()));
      }
      return outputs;
    }

    private UnitOutput run(WorkUnit<U> unit, Configuration hadoop) {
      try (UnitSink sink = new UnitSink(spec, hadoop)) {
        work.run(unit.content(), sink);
        return sink.finish(unit.key());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("unit " + unit.key() + ": " + e.getMessage(), e);
      }
    }
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
