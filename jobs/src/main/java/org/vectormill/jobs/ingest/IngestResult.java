package org.vectormill.jobs.ingest;

import java.util.Map;
import org.vectormill.jobs.runner.JobResult;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * What an ingest did.
 *
 * @param read items of all sources, as far as those left alone are known
 * @param withheld rows that a failed gate kept from being published
 * @param alreadyDone items that the table or its rejects held as they are
 * @param summary what is printed
 */
public record IngestResult(
    long read,
    long written,
    long rejected,
    long withheld,
    long alreadyDone,
    Map<String, Long> rejectsByReason,
    Map<String, Object> details,
    String summary)
    implements JobResult {

  public IngestResult {
    if (read != written + rejected + withheld + alreadyDone) {
      throw new VectormillException(
          Fault.BUG,
          "ingest read %d items, but %d written, %d rejected, %d withheld and %d already done"
              .formatted(read, written, rejected, withheld, alreadyDone));
    }
  }
}
