package org.vectormill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs command lines in this JVM and keeps what they print, one after the other. */
public final class CommandRun {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command to its end and returns its exit code. */
  public int code(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  public int code(List<String> args) {
    return code(args.toArray(String[]::new));
  }

  /** Runs a command that must succeed. */
  public void well(List<String> args) {
    assertEquals(0, code(args), err::toString);
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  /** Forgets what was printed up to now. */
  public void clear() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }
}
