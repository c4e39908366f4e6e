package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * One pass over the partitions of a set of rows. What a partition gives is taken as it comes and
 * then forgotten, so that the driver holds one part at a time, whatever the number of partitions.
 */
final class BlockPass {
  /** What a task makes of a partition. */
  @FunctionalInterface
  interface Work<T, R> extends Serializable {
    R of(Iterator<T> rows);
  }

  /**
   * Runs {@code work} on each partition.
   *
   * @param take called on the driver by one thread at a time, in no certain order
   */
  static <T, R> void run(JavaRDD<T> rows, Work<T, R> work, Consumer<R> take) {
    rows.rdd()
        .sparkContext()
        .runJob(
            rows.rdd(), new Task<>(work), new Taken<>(take), ClassTag$.MODULE$.apply(Object.class));
  }

  private static final class Task<T, R>
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<T>, R>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Work<T, R> work;

    Task(Work<T, R> work) {
      this.work = work;
    }

    @Override
    public R apply(TaskContext context, scala.collection.Iterator<T> rows) {
      return work.of(JavaConverters.asJavaIterator(rows));
    }
  }

  /** Runs on the driver as partitions end. */
  private static final class Taken<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final Consumer<R> take;

    Taken(Consumer<R> take) {
      this.take = take;
    }

    @Override
    public BoxedUnit apply(Object partition, R part) {
      take.accept(part);
      return BoxedUnit.UNIT;
    }
  }

  private BlockPass() {}
}
