package org.vectormill.jobs.clean;

import java.time.Duration;
import org.vectormill.jobs.runner.DurationText;
import org.vectormill.schemas.VectormillException;

/**
 * What to clean.
 *
 * @param table URI
 * @param olderThan a run without a sign of life for so long is dead, at least 5 minutes
 */
public record CleanOptions(String table, Duration olderThan) {
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  public CleanOptions {
    if (table == null || table.isBlank()) {
      throw VectormillException.usage("clean needs the URI of a table");
    }
    if (olderThan.compareTo(SHORTEST) < 0) {
      throw VectormillException.usage(
          "--older-than must be >= 5m (a run gives a sign of life each minute), got "
              + DurationText.of(olderThan));
    }
  }
}
