package org.vectormill.jobs.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * What a person and a scheduler are told of a failure.
 *
 * @param fault decides the exit code
 * @param sentence one line that names what to change
 */
record Failure(Fault fault, String sentence) {
  private static final int MAX_CAUSES = 50;

  private static final Pattern DISK_FULL = Pattern.compile("No space left on device");

  private static final Pattern LOST =
      Pattern.compile(
          "ExecutorLostFailure|FetchFailed|Master removed our application"
              + "|All masters are unresponsive|SparkContext was shut down"
              + "|Connection refused|Connection reset|UnknownHostException");

  private static final Pattern DENIED =
      Pattern.compile("AccessControlException|AccessDeniedException|Permission denied");

  private static final Pattern NO_FILE_SYSTEM =
      Pattern.compile("No FileSystem for scheme \"([^\"]*)\"");

  /** Looks through the causes: what a task threw comes wrapped by Spark. */
  static Failure of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    Optional<VectormillException> known =
        causes.stream()
            .filter(VectormillException.class::isInstance)
            .map(VectormillException.class::cast)
            .findFirst();
    if (known.isPresent() && known.get().fault() != Fault.BUG) {
      return new Failure(known.get().fault(), firstLine(known.get()));
    }
    return outside(causes)
        .orElseGet(() -> bug(known.map(Throwable.class::cast).orElse(last(causes))));
  }

  /** First line of a throwable's message, its class name where it has none. */
  static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }

  /** The counts of a run that a gate failed, where it carries them. */
  static Optional<JobResult> resultOf(Throwable thrown) {
    return causes(thrown).stream()
        .filter(GateFailedException.class::isInstance)
        .map(cause -> ((GateFailedException) cause).result())
        .findFirst();
  }

  private static Optional<Failure> outside(List<Throwable> causes) {
    for (Throwable cause : causes) {
      String text = String.valueOf(cause);
      if (DISK_FULL.matcher(text).find()) {
        return failure(
            Fault.RETRY, "A disk is full: free space or point spark.local.dir elsewhere", cause);
      }
      if (cause instanceof OutOfMemoryError) {
        return failure(
            Fault.RETRY, "Memory ran out: raise VECTORMILL_HEAP or spark.driver.memory", cause);
      }
      if (LOST.matcher(text).find()) {
        return failure(
            Fault.RETRY, "A store or executors were lost: run the same command again", cause);
      }
      if (DENIED.matcher(text).find()) {
        return failure(Fault.INPUT, "Access is denied: check the permissions", cause);
      }
      if (NO_FILE_SYSTEM.matcher(text).find()) {
        return failure(
            Fault.USAGE, "A URI's scheme is unknown: correct it or add its file system", cause);
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> failure(Fault fault, String advice, Throwable cause) {
    return Optional.of(new Failure(fault, advice + " (" + firstLine(cause) + ")"));
  }

  private static Failure bug(Throwable cause) {
    return new Failure(
        Fault.BUG,
        "This is a bug in Vectormill; report it with the trace above ("
            + cause.getClass().getSimpleName()
            + ": "
            + firstLine(cause)
            + ")");
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = thrown; t != null && causes.size() < MAX_CAUSES; t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  private static Throwable last(List<Throwable> causes) {
    return causes.get(causes.size() - 1);
  }
}
