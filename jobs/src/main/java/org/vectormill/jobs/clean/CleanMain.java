package org.vectormill.jobs.clean;

import java.time.Duration;
import org.vectormill.jobs.runner.DurationText;
import org.vectormill.jobs.runner.JobCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vectormill clean}. */
@Command(
    name = "clean",
    header = "Removes what dead runs left in a table's directory.",
    description = {
      "%nStaged files of runs without a sign of life for --older-than, files of that age that no",
      "commit lists, and files that a compaction replaced, once its retention time is over. What a",
      "run was publishing when it ended is published first, or taken back. Nothing else is touched."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill clean out/vectors --dry-run",
      "  vectormill clean out/vectors",
      "  vectormill clean s3a://bucket/vectors --older-than 7d"
    })
public final class CleanMain extends JobCommand {
  @Parameters(paramLabel = "URI", description = "The table.")
  String table;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationText.class,
      description =
          "A run without a sign of life for so long is dead (s, m, h, d; at least 5m). Default:"
              + " ${DEFAULT-VALUE}.")
  Duration olderThan;

  @Override
  public Integer call() {
    return run(() -> new CleanOptions(table, olderThan), new CleanJob());
  }
}
