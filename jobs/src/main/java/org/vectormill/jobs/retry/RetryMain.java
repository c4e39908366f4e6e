package org.vectormill.jobs.retry;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.RejectReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill retry-rejects}. */
@Command(
    name = "retry-rejects",
    header = "Lets the next run take up rejects again.",
    description = {
      "%nRejects whose reason can pass (the store, memory or the encoder failed, the source had",
      "changed) are marked; the next run of the job that wrote the table takes those items as not",
      "done. A reject stays in view until that run has made its item a row or a reject again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill retry-rejects --input out/vectors",
      "  vectormill retry-rejects --input out/items --reason unreadable",
      "  vectormill retry-rejects --input out/items --reason truncated,undecodable   # files mended"
    })
public final class RetryMain extends JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "The table whose rejects they are.")
  String input;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      description =
          "Reasons to take up, any of them. Default: those that can pass (unreadable, changed,"
              + " out_of_memory, encoder_failed).")
  List<RejectReason> reasons = List.of();

  @Override
  public Integer call() {
    return run(() -> new RetryOptions(input, reasons()), new RetryJob());
  }

  private Set<RejectReason> reasons() {
    if (!reasons.isEmpty()) {
      return Set.copyOf(reasons);
    }
    Set<RejectReason> passing = EnumSet.allOf(RejectReason.class);
    passing.removeIf(reason -> !reason.canPass());
    return passing;
  }
}
