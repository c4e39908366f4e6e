package org.vectormill.jobs.runner;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A job that does nothing but what a test asks of it. */
@Command(name = "fake", header = "Does what a test asks.", mixinStandardHelpOptions = true)
final class FakeMain extends JobCommand {
  @Option(names = "--input", required = true, paramLabel = "URI", description = "Any.")
  String input;

  @Option(names = "--columns", paramLabel = "NAME", description = "Any, repeated.")
  List<String> columns = List.of();

  @Option(names = "--normalise", negatable = true, description = "Any flag.")
  boolean normalise;

  @Option(names = "--outcome", defaultValue = "DONE", description = "How the job ends.")
  Outcome outcome;

  Options seen;
  RunContext context;
  Runnable whileRunning = () -> {};

  enum Outcome {
    DONE,
    USAGE,
    TASK_FAILS,
    BUG,
    STACK_OVERFLOW,
    DISK_FULL,
    GATE
  }

  record Options(
      String input,
      List<String> columns,
      boolean normalise,
      Outcome outcome,
      Map<String, String> named) {
    Options {
      if (outcome == Outcome.USAGE) {
        throw VectormillException.usage("--outcome must not be usage, got usage");
      }
    }
  }

  record Result(long read, long written, long rejected, Map<String, Long> rejectsByReason)
      implements JobResult {
    @Override
    public long alreadyDone() {
      return 0;
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("colour", "red");
    }

    @Override
    public String summary() {
      return "3 rows written";
    }
  }

  @Override
  public Integer call() {
    Supplier<Options> options = () -> new Options(input, columns, normalise, outcome, jobOptions());
    return run(options, this::work);
  }

  private JobResult work(SparkSession spark, Options options, RunContext runContext) {
    seen = options;
    context = runContext;
    runContext.progress().encoder("f00d");
    whileRunning.run();
    return switch (options.outcome()) {
      case DONE, USAGE -> new Result(3, 3, 0, Map.of());
      case TASK_FAILS -> failInTask(spark);
      case BUG -> throw new IllegalStateException("left is not right");
      case STACK_OVERFLOW -> throw new StackOverflowError();
      case DISK_FULL -> throw new IllegalStateException(new IOException("No space left on device"));
      case GATE -> throw gate();
    };
  }

  private static JobResult failInTask(SparkSession spark) {
    spark
        .range(2)
        .toJavaRDD()
        .foreach(
            row -> {
              throw new VectormillException(Fault.ENCODER, "device gpu:3 is not there");
            });
    return null;
  }

  private static VectormillException gate() {
    Result result = new Result(4, 2, 2, Map.of("empty", 2L));
    return new VectormillException(
        Fault.QUALITY,
        "2 of 4 items are rejects; raise --max-reject-ratio",
        new GateFailedException("too many", result));
  }
}
