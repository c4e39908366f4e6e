package org.vectormill.jobs.compact;

import java.time.Duration;
import org.vectormill.jobs.runner.DurationText;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.RowGroupSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill compact}. */
@Command(
    name = "compact",
    header = "Turns a table's waves into one with large files.",
    description = {
      "%nIn place: a new wave holds the current rows, and replaced and removed ones are dropped."
          + " The",
      "old files stay for --retain, for readers that hold an older list; after that compact or"
          + " clean",
      "removes them. What is done stays done, here and in tables made from this one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill compact --input out/vectors",
      "  vectormill compact --input hdfs://host/items --retain 7d",
      "  vectormill compact --input out/items --purge     # removed items leave every file now"
    })
public final class CompactMain extends JobCommand {
  @Option(names = "--input", required = true, paramLabel = "URI", description = "The table.")
  String input;

  @Option(
      names = "--retain",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationText.class,
      description = "How long the old files stay (s, m, h, d). Default: ${DEFAULT-VALUE}.")
  Duration retain;

  @Option(
      names = "--file-bytes",
      paramLabel = "N",
      defaultValue = "268435456",
      description = "About the size of a new file. Default: ${DEFAULT-VALUE}.")
  long fileBytes;

  @Option(
      names = "--purge",
      description =
          "Remove the rows, rejects and list entries of removed ids now, from every file, and read"
              + " all files back to prove it. No run may be working on the table, and readers that"
              + " hold an older list fail.")
  boolean purge;

  @Override
  public Integer call() {
    return run(
        () -> new CompactOptions(input, retain, fileBytes, purge, RowGroupSize.DEFAULT),
        new CompactJob());
  }
}
