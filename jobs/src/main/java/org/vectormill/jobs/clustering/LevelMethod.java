package org.vectormill.jobs.clustering;

import java.util.Locale;

/** How the levels above the lowest are found in the centroids below. */
public enum LevelMethod {
  /** k-means of the centroids. */
  KMEANS,
  /** Agglomerative clustering with average linkage. */
  AVERAGE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
