package org.vectormill.jobs.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Everything that is told of a failure passes here, so no secret of a URI gets further. */
  Failure {
    sentence = UriSecrets.redact(sentence);
  }

  /** Looks through the causes: what a task threw comes wrapped by Spark. */
  static Failure of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    Optional<VectormillException> known =
        causes.stream()
            .filter(VectormillException.class::isInstance)
            .map(VectormillException.class::cast)
            .findFirst();
    if (known.isPresent() && known.get().fault() != Fault.BUG) {
      return ofKnown(known.get());
    }
    return OutsideCause.among(causes)
        .map(found -> new Failure(found.fault(), found.sentence(firstLine(found.thrown()))))
        .orElseGet(() -> bug(known.map(Throwable.class::cast).orElse(last(causes))));
  }

  /**
   * Code that opens an input or a model can't always tell a lost store from a missing file, nor
   * code that reads a store a lost one from one that denies access; what it met can.
   */
  private static Failure ofKnown(VectormillException known) {
    String sentence = firstLine(known);
    return OutsideCause.among(causes(known.getCause()))
        .filter(found -> decides(found.cause(), known.fault()))
        .map(found -> new Failure(found.fault(), found.sentence(sentence)))
        .orElse(new Failure(known.fault(), sentence));
  }

  private static boolean decides(OutsideCause cause, Fault known) {
    return switch (cause) {
      case LOST, NO_FILE_SYSTEM, DISK_FULL, QUOTA, BROKEN_DISK, RESULT_SIZE ->
          known != Fault.QUALITY;
      case DENIED, NO_DIRECTORY -> known == Fault.RETRY;
      case MEMORY -> false;
    };
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
