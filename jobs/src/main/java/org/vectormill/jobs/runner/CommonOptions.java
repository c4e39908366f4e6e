package org.vectormill.jobs.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Option;

/** The options that every job has. */
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of options, named as here without dashes; the command line wins.")
  String config;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of this run in tables and logs. Default: the time and a random suffix.")
  String runId;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--max-reject-ratio",
      paramLabel = "R",
      defaultValue = "0.2",
      description =
          "The run fails (exit code 4) where more than this share of its items is rejected."
              + " Default: ${DEFAULT-VALUE}.")
  double maxRejectRatio;

  @Option(
      names = "--on-reject",
      paramLabel = "fail|quarantine",
      defaultValue = "quarantine",
      description =
          "Publish rejects beside the table and go on, or fail at the first."
              + " Default: ${DEFAULT-VALUE}.")
  OnReject onReject;

  @Option(
      names = "--result",
      paramLabel = "URI",
      description =
          "JSON file that says that the run goes on, and last how it ended, on failure too.")
  String result;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Layout of the log on standard error. Default: ${DEFAULT-VALUE}.")
  LogFormat logFormat;

  @Option(
      names = "--dry-run",
      description = "Check everything and print the plan; read and write no data.")
  boolean dryRun;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master. Default: spark-submit's, else local[*].")
  String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "Spark setting; may be repeated.")
  Map<String, String> conf = new LinkedHashMap<>();

  /** What {@code --on-reject} may be. */
  enum OnReject {
    FAIL,
    QUARANTINE
  }

  /** What {@code --log-format} may be. */
  enum LogFormat {
    TEXT,
    JSON
  }

  /**
   * Checks what the parser does not.
   *
   * @throws VectormillException ({@code USAGE}) naming option, value and rule
   */
  void validate() {
    if (!(maxRejectRatio >= 0 && maxRejectRatio <= 1)) {
      throw VectormillException.usage(
          "--max-reject-ratio must be from 0 to 1, got " + maxRejectRatio);
    }
    if (runId != null && !runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw VectormillException.usage(
          "--run-id must be 1 to 100 letters, digits, dots, dashes or underscores, starting with a"
              + " letter or digit, got \""
              + runId
              + "\"");
    }
  }
}
