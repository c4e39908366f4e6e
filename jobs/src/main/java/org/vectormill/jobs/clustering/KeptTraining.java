package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.deep.training.Progress;
import org.vectormill.udfs.deep.training.Training;

/**
 * Runs a training part by part. After each part its progress is kept, and a later run of the same
 * plan goes on from there to the same bits.
 *
 * @param write makes a file of the progress
 * @param read makes the progress of a file and its name
 */
record KeptTraining<P extends Progress>(
    TrainingFiles files,
    RunContext context,
    Function<P, byte[]> write,
    BiFunction<byte[], String, P> read) {
  /**
   * How it ended.
   *
   * @param resumed parts that an earlier run had done
   */
  record Ended<P extends Progress>(P progress, int resumed) {
    /** What every training tells in the result file. */
    Map<String, Object> details(String algorithm, int workers, float scale) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("algorithm", algorithm);
      details.put("workers", workers);
      details.put("scale", scale);
      details.put("epochs_resumed", resumed);
      details.put("curve", LearningCurve.details(progress.curve()));
      return details;
    }
  }

  /**
   * @param name for the progress line
   * @param width length of the rows
   * @param before sees the progress ahead of each part
   */
  Ended<P> run(String name, Training<P> training, int width, Consumer<P> before) {
    Optional<P> earlier = files.last(read);
    P progress = earlier.orElseGet(() -> training.start(width));
    int resumed = progress.parts();
    context.progress().start(name, training.mostParts(), "epochs");
    context.progress().advance(resumed);
    while (!progress.ended()) {
      before.accept(progress);
      int done = progress.parts();
      progress = training.next(progress);
      // A part that adds no point to the curve still has a checkpoint of its own.
      files.keep(
          "%07d%s".formatted(progress.parts(), done == progress.parts() ? "b" : "a"),
          write.apply(progress));
      if (progress.parts() > done) {
        context.progress().note(LearningCurve.text(progress.curve()));
        context.progress().advance(1);
      }
    }
    return new Ended<>(progress, resumed);
  }
}
