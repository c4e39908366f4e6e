package org.vectormill.jobs.describe;

import org.vectormill.jobs.runner.JobCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vectormill describe}. */
@Command(
    name = "describe",
    header = "Prints what a table holds: manifest, waves, counts, norms, rejects by reason.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill describe out/vectors",
      "  vectormill describe out/vectors --peek 5",
      "  vectormill describe hdfs://host/vectors --format json"
    })
public final class DescribeMain extends JobCommand {
  @Parameters(paramLabel = "URI", description = "The table.")
  String table;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "For people or for programs. Default: ${DEFAULT-VALUE}.")
  DescribeOptions.Format format;

  @Option(
      names = "--peek",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also show N rows, vectors by their first components. Default: ${DEFAULT-VALUE}.")
  int peek;

  @Override
  public Integer call() {
    return run(() -> new DescribeOptions(table, format, peek), new DescribeJob());
  }
}
