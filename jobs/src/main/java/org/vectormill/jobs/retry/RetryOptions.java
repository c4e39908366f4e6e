package org.vectormill.jobs.retry;

import java.util.Set;
import java.util.TreeSet;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;

/**
 * Which rejects to take up again.
 *
 * @param input URI of the table whose rejects they are
 * @param reasons at least one
 */
public record RetryOptions(String input, Set<RejectReason> reasons) {
  public RetryOptions {
    if (input == null || input.isBlank()) {
      throw VectormillException.usage("--input is missing; name the URI of a table");
    }
    if (reasons.isEmpty()) {
      throw VectormillException.usage("--reason is empty; name at least one");
    }
    reasons = Set.copyOf(new TreeSet<>(reasons));
  }
}
