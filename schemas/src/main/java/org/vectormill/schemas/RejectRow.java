package org.vectormill.schemas;

import java.time.Instant;

/**
 * One row of a {@code rejects} table.
 *
 * @param contentHash null where the content could not be read
 * @param stage the job's name
 */
public record RejectRow(
    String id,
    String source,
    String contentHash,
    String stage,
    RejectReason reason,
    String message,
    String runId,
    Instant rejectedAt) {}
