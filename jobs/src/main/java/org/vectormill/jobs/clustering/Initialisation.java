package org.vectormill.jobs.clustering;

import java.util.Locale;

/** How the first centroids are chosen. */
public enum Initialisation {
  /** {@link #PARALLEL} for few clusters, {@link #RANDOM} for many. */
  AUTO,
  /** k-means|| (Bahmani et al. 2012): rounds of sampling over all rows, then k-means++ on those. */
  PARALLEL,
  /** k-means++ (Arthur and Vassilvitskii 2007) on a bounded sample. */
  PLUS_PLUS,
  /** Rows drawn at random. */
  RANDOM,
  /** Centroids of a file. */
  FILE;

  /** As options and manifests name it. */
  @Override
  public String toString() {
    return switch (this) {
      case AUTO -> "auto";
      case PARALLEL -> "kmeans||";
      case PLUS_PLUS -> "kmeans++";
      case RANDOM -> "random";
      case FILE -> "file";
    };
  }

  static Initialisation of(String text) {
    for (Initialisation one : values()) {
      if (one != FILE && one.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    throw org.vectormill.schemas.VectormillException.usage(
        "--init must be auto, kmeans||, kmeans++ or random, got " + text);
  }
}
