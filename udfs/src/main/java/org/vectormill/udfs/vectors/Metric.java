package org.vectormill.udfs.vectors;

import java.util.Locale;

/** What near means. */
public enum Metric {
  /** Euclidean distance. */
  L2,
  /** Cosine similarity: rows are scaled to unit length when they are packed. */
  COSINE;

  /** The name in manifests and options. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }

  /**
   * The metric with this code.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Metric ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** How far apart two rows are: the squared Euclidean distance, or 1 - cosine; 0 or more. */
  double cost(float[] a, int aFrom, float[] b, int bFrom, int dimension) {
    return switch (this) {
      case L2 -> FloatRows.squaredDistance(a, aFrom, b, bFrom, dimension);
      case COSINE -> Math.max(0, 1 - FloatRows.dot(a, aFrom, b, bFrom, dimension));
    };
  }

  /** {@link #cost} as a distance: Euclidean, or 1 - cosine. */
  public double distance(double cost) {
    return switch (this) {
      case L2 -> Math.sqrt(cost);
      case COSINE -> cost;
    };
  }

  /** {@link #cost} as a score, larger is nearer: minus the distance, or the cosine. */
  public double score(double cost) {
    return switch (this) {
      case L2 -> -Math.sqrt(cost);
      case COSINE -> 1 - cost;
    };
  }

  /** The distance that a {@link #score} stands for. */
  public double distanceOfScore(double score) {
    return switch (this) {
      case L2 -> -score;
      case COSINE -> 1 - score;
    };
  }
}
