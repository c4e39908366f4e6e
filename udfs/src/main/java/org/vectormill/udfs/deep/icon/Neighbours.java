package org.vectormill.udfs.deep.icon;

import java.util.Arrays;
import org.vectormill.udfs.deep.network.RowArrays;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.VectorBlock;

/** The nearest other rows of each of a worker's rows, by products of all with all. */
final class Neighbours {
  /**
   * @param metric of the rows; unit rows where it is cosine
   * @param most neighbours of a row; fewer where there are fewer other rows
   * @return numbers of rows, row-major, nearest first
   * @throws org.vectormill.schemas.VectormillException ({@code USAGE}) where no array is so long
   */
  static int[] of(Rows rows, Metric metric, int most, MatrixSpec matrices) {
    int n = rows.count();
    int count = Math.min(most, n - 1);
    if (count < 1) {
      return new int[0];
    }
    int[] neighbours = new int[RowArrays.neighbours(n, count)];
    try (NearestCentroids nearest =
        matrices.open(new Centroids(metric, rows.width(), rows.values()))) {
      for (int from = 0; from < n; from += VectorBlock.ROWS) {
        int to = Math.min(n, from + VectorBlock.ROWS);
        float[] values = Arrays.copyOfRange(rows.values(), from * rows.width(), to * rows.width());
        VectorBlock block = new VectorBlock(rows.width(), values, new long[to - from]);
        int[] found = nearest.nearest(block, count + 1);
        for (int i = 0; i < to - from; i++) {
          others(found, i * (count + 1), from + i, neighbours, (from + i) * count, count);
        }
      }
    }
    return neighbours;
  }

  /** All but the row itself, which need not come first where rows are equal, nor at all. */
  private static void others(int[] found, int start, int self, int[] to, int at, int count) {
    int taken = 0;
    for (int i = 0; taken < count; i++) {
      if (found[start + i] != self) {
        to[at + taken++] = found[start + i];
      }
    }
  }

  private Neighbours() {}
}
