package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;

/** What has to be known of all rows before they are clustered. Filled in tasks, then merged. */
final class BlockFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Unit rows that differ by less in each component have a cosine of 1 as floats go. */
  private static final float SAME_COMPONENT = 1e-6f;

  private final int enough;
  private final Set<Long> distinct = new HashSet<>();
  private long rows;
  private double maxComponent;
  private double maxSquaredNorm;
  private float[] least;
  private float[] most;

  /**
   * @param enough distinct vectors are counted up to this number, at least 2
   */
  BlockFacts(int enough) {
    this.enough = enough;
  }

  void add(VectorBlock block) {
    int d = block.dimension();
    if (least == null) {
      least = block.row(0);
      most = block.row(0);
    }
    rows += block.rows();
    for (int i = 0; i < block.rows(); i++) {
      double norm = 0;
      for (int j = i * d; j < (i + 1) * d; j++) {
        float component = block.values()[j];
        least[j - i * d] = Math.min(least[j - i * d], component);
        most[j - i * d] = Math.max(most[j - i * d], component);
        double value = Math.abs(component);
        maxComponent = Math.max(maxComponent, value);
        norm += value * value;
      }
      maxSquaredNorm = Math.max(maxSquaredNorm, norm);
      if (distinct.size() < enough) {
        distinct.add(hash(block.values(), i * d, d));
      }
    }
  }

  /** 64 bits, so that two different vectors in a billion hardly share them; -0 counts as 0. */
  private static long hash(float[] values, int from, int length) {
    long hash = 1125899906842597L;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ Float.floatToIntBits(values[i] + 0f)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  BlockFacts merge(BlockFacts other) {
    rows += other.rows;
    maxComponent = Math.max(maxComponent, other.maxComponent);
    maxSquaredNorm = Math.max(maxSquaredNorm, other.maxSquaredNorm);
    if (least == null) {
      least = other.least;
      most = other.most;
    } else if (other.least != null) {
      for (int j = 0; j < least.length; j++) {
        least[j] = Math.min(least[j], other.least[j]);
        most[j] = Math.max(most[j], other.most[j]);
      }
    }
    for (Long hash : other.distinct) {
      if (distinct.size() >= enough) {
        break;
      }
      distinct.add(hash);
    }
    return this;
  }

  long rows() {
    return rows;
  }

  /** Distinct vectors, or the number that is enough where there are more. */
  int distinct(Metric metric) {
    return metric == Metric.COSINE && distinct.size() > 1 && oneDirection() ? 1 : distinct.size();
  }

  /** Rows of one direction and several lengths are of unit length but for their last bits. */
  private boolean oneDirection() {
    for (int j = 0; j < least.length; j++) {
      if (most[j] - least[j] > SAME_COMPONENT) {
        return false;
      }
    }
    return true;
  }

  /** Grid for sums over all rows: a cost is at most the square of the sum of two norms. */
  SumScale scale(Metric metric) {
    double maxCost = metric == Metric.COSINE ? 2 : 8 * maxSquaredNorm;
    return SumScale.of(Math.max(1, rows), maxComponent, maxCost);
  }
}
