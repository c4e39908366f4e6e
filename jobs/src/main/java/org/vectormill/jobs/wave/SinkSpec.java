package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.Map;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.StagingPlaces;

/** Where and how units of one run write. */
record SinkSpec(
    StagingPlaces places,
    Map<String, String> footer,
    RowGroupSize rowGroups,
    int dimension,
    String stage,
    String runId)
    implements Serializable {}
