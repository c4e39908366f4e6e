package org.vectormill.jobs.describe;

import java.util.List;
import java.util.Optional;
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
      "  vectormill describe out/items out/vectors --brief --rejects 20",
      "  vectormill describe hdfs://host/vectors --format json",
      "  vectormill describe out/vectors --sql duckdb | duckdb my.db"
    })
public final class DescribeMain extends JobCommand {
  @Parameters(paramLabel = "URI", arity = "1..*", description = "The tables.")
  List<String> tables = List.of();

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

  @Option(
      names = "--rejects",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also show N rejects with reason and message. Default: ${DEFAULT-VALUE}.")
  int rejects;

  @Option(
      names = "--brief",
      description = "A line for each table and the rows asked for, nothing more.")
  boolean brief;

  @Option(
      names = "--sql",
      paramLabel = "spark|duckdb",
      description =
          "Print nothing but SQL: a view of the current rows, from the files as they lie, for"
              + " programs that know nothing of waves.")
  ViewSql.Dialect sql;

  @Override
  public Integer call() {
    return run(
        () -> new DescribeOptions(tables, format, brief, peek, rejects, Optional.ofNullable(sql)),
        new DescribeJob());
  }
}
