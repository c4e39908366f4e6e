package org.vectormill.jobs.wave;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.Checkpoints;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Json;
import org.vectormill.schemas.StageBoundary;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Runs in a task: the units of one partition, one after the other, each once in effect. */
final class UnitTask<U extends Serializable>
    extends AbstractFunction2<TaskContext, Iterator<WorkUnit<U>>, List<UnitOutput>>
    implements Serializable {
  /** Name of the fact that counts units which an earlier run had finished. */
  static final String RESUMED = "units_resumed";

  private static final long serialVersionUID = 1L;

  private final SinkSpec spec;
  private final boolean resuming;
  private final Broadcast<SerializableConfiguration> conf;
  private final UnitWork<U> work;

  /**
   * @param resuming whether there may be checkpoints of an earlier run; a later attempt at a task
   *     looks for those of the earlier ones anyway
   */
  UnitTask(
      SinkSpec spec,
      boolean resuming,
      Broadcast<SerializableConfiguration> conf,
      UnitWork<U> work) {
    this.spec = spec;
    this.resuming = resuming;
    this.conf = conf;
    this.work = work;
  }

  @Override
  public List<UnitOutput> apply(TaskContext context, Iterator<WorkUnit<U>> units) {
    Configuration hadoop = conf.value().value();
    Checkpoints checkpoints = new Checkpoints(hadoop, spec.places().units());
    boolean again = resuming || context.attemptNumber() > 0 || context.stageAttemptNumber() > 0;
    List<UnitOutput> outputs = new ArrayList<>();
    while (units.hasNext()) {
      WorkUnit<U> unit = units.next();
      outputs.add(
          (again ? earlier(unit, checkpoints, hadoop) : Optional.<UnitOutput>empty())
              .orElseGet(() -> run(unit, checkpoints, hadoop)));
    }
    return outputs;
  }

  private Optional<UnitOutput> earlier(
      WorkUnit<U> unit, Checkpoints checkpoints, Configuration hadoop) {
    Optional<UnitOutput> kept =
        checkpoints.find(unit.identity()).map(json -> parse(unit, json)).map(UnitTask::resumed);
    if (kept.isPresent()
        && !files(kept.get()).allMatch(file -> Checkpoints.isWhole(hadoop, file))) {
      checkpoints.forget(unit.identity());
      return Optional.empty();
    }
    return kept;
  }

  private UnitOutput run(WorkUnit<U> unit, Checkpoints checkpoints, Configuration hadoop) {
    StageBoundary.UNIT_STARTED.pass();
    UnitOutput output;
    try (UnitSink sink = new UnitSink(spec, hadoop)) {
      work.run(unit.content(), sink);
      output = sink.finish(unit.key());
    } catch (IOException e) {
      throw new UncheckedIOException("unit " + unit.key() + ": " + e.getMessage(), e);
    }
    StageBoundary.UNIT_WRITTEN.pass();
    UnitOutput kept = parse(unit, checkpoints.keep(unit.identity(), Json.write(output)));
    if (!kept.equals(output)) {
      drop(output, hadoop);
    }
    StageBoundary.UNIT_KEPT.pass();
    return kept;
  }

  /** The key is of this plan, whichever plan finished the unit. */
  private static <U extends Serializable> UnitOutput parse(WorkUnit<U> unit, String json) {
    return Json.read(json, UnitOutput.class, "checkpoint " + unit.identity()).withKey(unit.key());
  }

  private static UnitOutput resumed(UnitOutput output) {
    TreeMap<String, Double> facts = new TreeMap<>(output.facts());
    facts.put(RESUMED, 1.0);
    return output.withFacts(facts);
  }

  private static Stream<DataFile> files(UnitOutput output) {
    return Stream.of(output.files(), output.rejectFiles(), output.processed())
        .flatMap(List::stream);
  }

  /** Another attempt at the unit was first; its files count. */
  private static void drop(UnitOutput output, Configuration hadoop) {
    files(output)
        .forEach(
            file -> {
              Path path = new Path(file.path());
              try {
                path.getFileSystem(hadoop).delete(path, false);
              } catch (IOException e) {
                throw new UncheckedIOException("file " + path + ": " + e.getMessage(), e);
              }
            });
  }
}
