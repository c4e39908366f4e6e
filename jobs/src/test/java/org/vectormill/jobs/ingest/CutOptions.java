package org.vectormill.jobs.ingest;

import java.util.List;
import java.util.Map;
import org.vectormill.jobs.ingest.read.Columns;
import org.vectormill.jobs.ingest.read.CsvFormat;
import org.vectormill.jobs.ingest.read.IdRule;
import org.vectormill.jobs.ingest.read.Inlining;
import org.vectormill.jobs.ingest.read.Limits;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.jobs.ingest.read.TextUnit;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.RowGroupSize;

/** Options and context for runs that no command line makes. */
final class CutOptions {
  static IngestOptions lines(String input, String output) {
    ReadSpec read =
        new ReadSpec(
            TextUnit.LINE,
            IdRule.PATH,
            new Columns(null, null, null, null, null, List.of(), false),
            new CsvFormat(true, (char) 0, '"'),
            new Limits(1000, 1000, 1000),
            new Inlining(Inlining.Mode.AUTO, 0),
            false,
            null);
    return new IngestOptions(
        List.of(input),
        output,
        SourceFormat.AUTO,
        read,
        RowGroupSize.DEFAULT,
        false,
        VanishedItems.KEEP,
        Map.of());
  }

  static RunContext context() {
    return new RunContext("cut", 0, 0, true, false, new Silent());
  }

  private record Silent() implements RunContext.Progress {
    @Override
    public void start(String stage, long total, String what) {}

    @Override
    public void advance(long done) {}

    @Override
    public void close() {}
  }

  private CutOptions() {}
}
