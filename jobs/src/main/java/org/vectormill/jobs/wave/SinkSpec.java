package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.Map;
import org.vectormill.schemas.RowGroupSize;

/** Where and how units of one run write. */
record SinkSpec(
    String stagingDirectory,
    Map<String, String> footer,
    RowGroupSize rowGroups,
    int dimension,
    String stage,
    String runId)
    implements Serializable {}
