package org.vectormill.jobs.ingest.read;

import org.vectormill.schemas.RejectReason;

/** One item can't become a row. */
final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  RejectedException(RejectReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RejectReason reason() {
    return reason;
  }
}
