package org.vectormill.jobs.embed;

import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * What {@code embed} did; items of another modality than the encoder's are in {@code details}.
 *
 * @param read current items of the input
 * @param written vectors published
 * @param withheld vectors that the reject gate kept back
 */
public record EmbedResult(
    long read,
    long written,
    long withheld,
    long rejected,
    long alreadyDone,
    Map<String, Long> rejectsByReason,
    Map<String, Object> details,
    String summary)
    implements JobResult {

  public EmbedResult {
    if (read != written + withheld + rejected + alreadyDone) {
      throw new IllegalArgumentException(
          "read %d, but written %d + withheld %d + rejected %d + already done %d"
              .formatted(read, written, withheld, rejected, alreadyDone));
    }
  }
}
