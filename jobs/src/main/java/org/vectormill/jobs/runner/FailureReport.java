package org.vectormill.jobs.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.Fault;

/** The end of a failed command on standard error. */
final class FailureReport {
  /**
   * Prints one sentence, the last line of all; a trace before it where the failure is a bug.
   *
   * @return the process exit code: the one place where a fault becomes one
   */
  static int print(PrintWriter err, String command, Failure failure, Throwable thrown) {
    if (failure.fault() == Fault.BUG) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace, true));
      err.print(UriSecrets.redact(trace.toString()));
    } else {
      LoggerFactory.getLogger("org.vectormill").debug("{} failed", command, thrown);
    }
    String name = command.isEmpty() ? "vectormill" : "vectormill " + command;
    err.println(name + ": " + failure.sentence());
    err.flush();
    return failure.fault().exitCode();
  }

  private FailureReport() {}
}
