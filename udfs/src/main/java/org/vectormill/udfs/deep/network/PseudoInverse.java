package org.vectormill.udfs.deep.network;

import java.util.Optional;

/** The Moore-Penrose inverse of a small matrix whose columns are independent. */
public final class PseudoInverse {
  /** A pivot this small beside the largest of its matrix is none. */
  private static final double SMALLEST = 1e-10;

  /**
   * {@code (AᵀA)⁻¹Aᵀ}, by Gauss and Jordan's elimination with pivots.
   *
   * @param values of A, rows x columns, row-major
   * @return columns x rows; empty where columns depend on each other
   */
  public static Optional<double[][]> of(float[] values, int rows, int columns) {
    double[][] system = new double[columns][columns + rows];
    double largest = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        for (int r = 0; r < rows; r++) {
          system[i][j] += (double) values[r * columns + i] * values[r * columns + j];
        }
        largest = Math.max(largest, Math.abs(system[i][j]));
      }
      for (int r = 0; r < rows; r++) {
        system[i][columns + r] = values[r * columns + i];
      }
    }
    for (int column = 0; column < columns; column++) {
      int pivot = column;
      for (int i = column + 1; i < columns; i++) {
        pivot = Math.abs(system[i][column]) > Math.abs(system[pivot][column]) ? i : pivot;
      }
      double[] row = system[pivot];
      system[pivot] = system[column];
      system[column] = row;
      if (!(Math.abs(row[column]) > SMALLEST * largest)) {
        return Optional.empty();
      }
      eliminate(system, column);
    }
    double[][] inverse = new double[columns][rows];
    for (int i = 0; i < columns; i++) {
      System.arraycopy(system[i], columns, inverse[i], 0, rows);
    }
    return Optional.of(inverse);
  }

  private static void eliminate(double[][] system, int column) {
    double[] row = system[column];
    double pivot = row[column];
    for (int j = 0; j < row.length; j++) {
      row[j] /= pivot;
    }
    for (int i = 0; i < system.length; i++) {
      double factor = system[i][column];
      if (i != column && factor != 0) {
        for (int j = 0; j < row.length; j++) {
          system[i][j] -= factor * row[j];
        }
      }
    }
  }

  private PseudoInverse() {}
}
