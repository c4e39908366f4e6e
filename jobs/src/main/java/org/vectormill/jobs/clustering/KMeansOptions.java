package org.vectormill.jobs.clustering;

import java.util.Optional;
import org.vectormill.schemas.VectormillException;

/**
 * How k-means runs.
 *
 * @param k number of clusters, at least 1
 * @param init how the first centroids are chosen
 * @param start URI of a safetensors file whose tensor {@code centroids} (k x d) k-means starts
 *     from; empty unless {@code init} is {@code FILE}
 * @param maxIterations most passes over the rows of one start, at least 1
 * @param tolerance a start ends where the cost falls by less than this share of it, 0 or more
 * @param restarts starts, at least 1; the one of least cost is kept
 * @param batchRows rows of a mini-batch, about; 0 for all rows in each iteration
 * @param probes groups of centroids that a row is compared with; 0 for all centroids
 */
public record KMeansOptions(
    int k,
    Initialisation init,
    Optional<String> start,
    int maxIterations,
    double tolerance,
    int restarts,
    long batchRows,
    int probes) {

  public KMeansOptions {
    require(k >= 1, "--k must be at least 1", k);
    require(
        start.isPresent() == (init == Initialisation.FILE),
        "--init must be left out with --start",
        init);
    require(restarts == 1 || start.isEmpty(), "--restarts must be 1 with --start", restarts);
    require(maxIterations >= 1, "--max-iterations must be at least 1", maxIterations);
    require(tolerance >= 0 && tolerance < 1, "--tolerance must be from 0 to below 1", tolerance);
    require(restarts >= 1, "--restarts must be at least 1", restarts);
    require(probes == 0 || probes >= 2, "--probes must be at least 2", probes);
    require(batchRows >= 0, "--batch-rows must be at least 1, or 0 for all rows", batchRows);
  }

  KMeansOptions withK(int other) {
    return new KMeansOptions(
        other, init, start, maxIterations, tolerance, restarts, batchRows, probes);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw VectormillException.usage(rule + ", got " + value);
    }
  }
}
