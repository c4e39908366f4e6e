package org.vectormill.jobs.compact;

import java.time.Duration;
import org.vectormill.jobs.runner.DurationText;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.VectormillException;

/**
 * What to compact.
 *
 * @param input URI of the table, compacted in place
 * @param retain how long the old files stay for readers that hold an older list; not with {@code
 *     purge}
 * @param fileBytes about the size of a new file, at least 1 MiB
 * @param purge whether removed ids leave every file now
 * @param rowGroups of the new files
 */
public record CompactOptions(
    String input, Duration retain, long fileBytes, boolean purge, RowGroupSize rowGroups) {
  private static final long SMALLEST_FILE = 1L << 20;

  public CompactOptions {
    if (input == null || input.isBlank()) {
      throw VectormillException.usage("--input is missing; name the URI of a table");
    }
    if (fileBytes < SMALLEST_FILE) {
      throw VectormillException.usage(
          "--file-bytes must be >= " + SMALLEST_FILE + ", got " + fileBytes);
    }
    if (purge) {
      retain = Duration.ZERO;
    }
    if (retain.isNegative()) {
      throw VectormillException.usage("--retain must be >= 0s, got " + DurationText.of(retain));
    }
  }
}
