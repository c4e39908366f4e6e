package org.vectormill.jobs.export;

import org.vectormill.jobs.runner.JobCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill export}. */
@Command(
    name = "export",
    header = "Writes a table's current rows as plain Parquet.",
    description = {
      "%nOne new directory with Parquet files and nothing else, without replaced and removed rows,"
          + " for",
      "readers that know nothing of waves. The table stays as it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill export --input out/vectors --output share/vectors",
      "  vectormill export --input out/vectors --output share/one --files 1",
      "  vectormill export --input out/vectors/_rejects --output share/rejects"
    })
public final class ExportMain extends JobCommand {
  @Option(names = "--input", required = true, paramLabel = "URI", description = "The table.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Directory to make; it must not exist.")
  String output;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "0",
      description = "Number of files; 0 for one a task. Default: ${DEFAULT-VALUE}.")
  int files;

  @Override
  public Integer call() {
    return run(() -> new ExportOptions(input, output, files), new ExportJob());
  }
}
