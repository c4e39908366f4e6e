package org.vectormill.schemas;

/**
 * One row of a {@code centroids} table.
 *
 * @param cluster number within its level, from 0
 * @param vector the centroid; not copied
 * @param size items in it
 * @param radius distance of its furthest item, Euclidean or 1 - cosine, never below 0
 * @param level 0 for the clusters that items are in
 * @param parent cluster of the next level; -1 at the highest
 */
public record CentroidRow(
    int cluster, float[] vector, long size, float radius, int level, int parent) {
  /** What names the row over all levels. */
  public String id() {
    return level + "/" + cluster;
  }
}
