package org.vectormill.udfs.encode;

import org.vectormill.schemas.RejectReason;

/** Why one row of a unit has no vector. */
public record RowFailure(RejectReason reason, String message) {}
