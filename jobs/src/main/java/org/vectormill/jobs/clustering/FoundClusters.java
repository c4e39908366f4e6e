package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vectormill.schemas.MetricRow;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;

/**
 * What training came to.
 *
 * @param centroids in the space of vectors, or of codes where a network makes them
 * @param network that makes codes of vectors; empty where vectors are compared themselves
 * @param details for the result file
 * @param curve what each iteration or epoch came to
 * @param text a few words for the summary
 */
record FoundClusters(
    Centroids centroids,
    Optional<ClusterNetwork> network,
    Map<String, Object> details,
    List<MetricRow> curve,
    String text) {}
