package org.vectormill.udfs.vectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.vectormill.udfs.engine.LinearKernels;
import org.vectormill.udfs.engine.Matrices;

/**
 * Connected components of the graph whose edges are pairs of rows that are near enough: single
 * linkage, cut at a distance. All pairs are compared by products of blocks; a pair that would join
 * two components is measured once more in double precision, so that rounding decides nothing. For
 * rows that fit in memory, such as centroids.
 */
public final class ConnectedRows {
  private static final int BLOCK = 1024;

  /** What a product of floats may be off by, of the squares of the rows' lengths. */
  private static final double SLACK = 1e-4;

  private final Centroids rows;
  private final double within;
  private final double[] squares;
  private final int[] parent;

  private ConnectedRows(Centroids rows, double within) {
    this.rows = rows;
    this.within = within;
    this.squares = new double[rows.count()];
    this.parent = new int[rows.count()];
    int d = rows.dimension();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = FloatRows.dot(rows.values(), i * d, rows.values(), i * d, d);
      parent[i] = i;
    }
  }

  /**
   * Groups rows.
   *
   * @param within largest distance of an edge, Euclidean or 1 - cosine; at least 0
   * @return the group of each row; groups are numbered by their first row
   */
  public static int[] groups(Centroids rows, double within, MatrixSpec matrices) {
    ConnectedRows connected = new ConnectedRows(rows, within);
    try (NDManager manager = matrices.newManager()) {
      for (int from = 0; from < rows.count(); from += BLOCK) {
        try (NDManager scratch = manager.newSubManager()) {
          NDArray block = connected.block(scratch, from);
          for (int other = from; other < rows.count(); other += BLOCK) {
            NDArray columns = connected.block(scratch, other);
            NDArray none = scratch.zeros(new Shape(columns.getShape().get(0)));
            NDArray product = LinearKernels.of(block).product(block, columns, none);
            connected.join(product.toFloatArray(), from, other);
            columns.close();
            none.close();
            product.close();
          }
        }
      }
    }
    return connected.numbered();
  }

  private NDArray block(NDManager manager, int from) {
    int d = rows.dimension();
    int count = Math.min(BLOCK, rows.count() - from);
    float[] values = Arrays.copyOfRange(rows.values(), from * d, (from + count) * d);
    return Matrices.create(manager, values, new Shape(count, d));
  }

  private void join(float[] products, int from, int other) {
    int columns = Math.min(BLOCK, rows.count() - other);
    for (int i = 0; i < products.length; i++) {
      int a = from + i / columns;
      int b = other + i % columns;
      if (a < b && mayBeNear(a, b, products[i])) {
        int first = root(a);
        int second = root(b);
        if (first != second && rows.metric().distance(rows.cost(a, rows.row(b))) <= within) {
          parent[Math.max(first, second)] = Math.min(first, second);
        }
      }
    }
  }

  private boolean mayBeNear(int a, int b, double product) {
    double slack = SLACK * (squares[a] + squares[b]);
    return switch (rows.metric()) {
      case COSINE -> 1 - product <= within + slack;
      case L2 -> squares[a] + squares[b] - 2 * product <= within * within + slack;
    };
  }

  private int root(int row) {
    int at = row;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** A root is the first row of its component. */
  private int[] numbered() {
    int[] groups = new int[parent.length];
    int next = 0;
    for (int i = 0; i < groups.length; i++) {
      groups[i] = root(i) == i ? next++ : groups[root(i)];
    }
    return groups;
  }
}
