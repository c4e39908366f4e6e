package org.vectormill.udfs.agreement;

import java.util.Arrays;

/**
 * The assignment of rows to columns of least total cost (Kuhn 1955), by shortest augmenting paths
 * with potentials (Jonker and Volgenant 1987): cubic in the number of columns.
 */
public final class LinearAssignment {
  /**
   * Gives each row a column of its own.
   *
   * @param costs rows x columns, finite, at least as many columns as rows
   * @return the column of each row
   */
  public static int[] least(double[][] costs) {
    int n = costs.length;
    int m = n == 0 ? 0 : costs[0].length;
    if (m < n) {
      throw new IllegalArgumentException(n + " rows need as many columns, got " + m);
    }
    requireFinite(costs);
    // Index 0 of rows and columns stands for none.
    double[] ofRow = new double[n + 1];
    double[] ofColumn = new double[m + 1];
    int[] rowOf = new int[m + 1];
    int[] before = new int[m + 1];
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[m + 1];
      boolean[] used = new boolean[m + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      do {
        used[column] = true;
        column = step(costs, rowOf[column], column, ofRow, ofColumn, least, used, before, rowOf);
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    int[] columns = new int[n];
    for (int column = 1; column <= m; column++) {
      if (rowOf[column] > 0) {
        columns[rowOf[column] - 1] = column - 1;
      }
    }
    return columns;
  }

  /** A cost that is no number is never the least: the search would not end. */
  private static void requireFinite(double[][] costs) {
    for (int i = 0; i < costs.length; i++) {
      for (int j = 0; j < costs[i].length; j++) {
        if (!Double.isFinite(costs[i][j])) {
          throw new IllegalArgumentException(
              "cost of row %d and column %d is %s".formatted(i, j, costs[i][j]));
        }
      }
    }
  }

  /** Lengthens the path by the nearest unused column and lowers the potentials to it. */
  private static int step(
      double[][] costs,
      int row,
      int from,
      double[] ofRow,
      double[] ofColumn,
      double[] least,
      boolean[] used,
      int[] before,
      int[] rowOf) {
    int next = 0;
    double delta = Double.POSITIVE_INFINITY;
    for (int column = 1; column < least.length; column++) {
      if (!used[column]) {
        double reduced = costs[row - 1][column - 1] - ofRow[row] - ofColumn[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          before[column] = from;
        }
        if (least[column] < delta) {
          delta = least[column];
          next = column;
        }
      }
    }
    for (int column = 0; column < least.length; column++) {
      if (used[column]) {
        ofRow[rowOf[column]] += delta;
        ofColumn[column] -= delta;
      } else {
        least[column] -= delta;
      }
    }
    return next;
  }

  private LinearAssignment() {}
}
