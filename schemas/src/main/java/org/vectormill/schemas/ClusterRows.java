package org.vectormill.schemas;

import java.util.stream.IntStream;

/**
 * A packed block of rows of a {@code clusters} table. The arrays are owned by the block.
 *
 * @param ids n ids
 * @param clusters n numbers, from 0
 * @param scores n scores, larger is nearer
 * @param seconds n numbers of the next best clusters; -1 where there is none
 * @param margins n differences of the two best scores; ignored where there is no second
 */
public record ClusterRows(
    String[] ids, int[] clusters, float[] scores, int[] seconds, float[] margins) {

  public ClusterRows {
    int rows = ids.length;
    if (clusters.length != rows
        || scores.length != rows
        || seconds.length != rows
        || margins.length != rows) {
      throw new IllegalArgumentException(
          "arrays of %d ids, %d clusters, %d scores, %d seconds, %d margins: expected one length"
              .formatted(rows, clusters.length, scores.length, seconds.length, margins.length));
    }
  }

  public int rows() {
    return ids.length;
  }

  /**
   * Some of the rows, in their order.
   *
   * @param keeps n times whether the row is taken
   */
  public ClusterRows select(boolean[] keeps) {
    int[] kept = IntStream.range(0, keeps.length).filter(i -> keeps[i]).toArray();
    float[] keptScores = new float[kept.length];
    float[] keptMargins = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      keptScores[i] = scores[kept[i]];
      keptMargins[i] = margins[kept[i]];
    }
    return new ClusterRows(
        IntStream.of(kept).mapToObj(i -> ids[i]).toArray(String[]::new),
        IntStream.of(kept).map(i -> clusters[i]).toArray(),
        keptScores,
        IntStream.of(kept).map(i -> seconds[i]).toArray(),
        keptMargins);
  }
}
