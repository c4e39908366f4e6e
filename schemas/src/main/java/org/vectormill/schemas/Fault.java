package org.vectormill.schemas;

/** What went wrong, who is at fault, and the process exit code that says so. */
public enum Fault {
  /** A wrong command line, configuration file or option value. */
  USAGE(2, "user"),
  /** An input that is missing, unreadable or of the wrong shape. */
  INPUT(3, "data"),
  /** Too many rejects, or a failed quality gate. */
  QUALITY(4, "data"),
  /** An encoder that can't be loaded or a device that is not there. */
  ENCODER(5, "user"),
  /** A bug in Vectormill. */
  BUG(70, "us"),
  /** Something outside that may pass: disk full, store lost, executors lost. */
  RETRY(75, "outside");

  private final int exitCode;
  private final String party;

  Fault(int exitCode, String party) {
    this.exitCode = exitCode;
    this.party = party;
  }

  /** Process exit code, as listed in docs/operations.md. */
  public int exitCode() {
    return exitCode;
  }

  /** Who has to act: {@code user}, {@code data}, {@code us} or {@code outside}. */
  public String party() {
    return party;
  }
}
