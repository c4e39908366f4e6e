package org.vectormill.schemas;

import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;

/** Reads lists of floats value by value and holds them to one length. */
final class FixedLists {
  private final String uri;
  private final int present;

  /**
   * @param present definition level of a value
   */
  FixedLists(String uri, int present) {
    this.uri = uri;
    this.present = present;
  }

  /**
   * The values of {@code rows} lists, row-major.
   *
   * @throws VectormillException ({@link Fault#INPUT}) for a missing value or another length
   */
  float[] read(ColumnReader column, int rows) {
    float[] values = new float[0];
    int dimension = 0;
    for (int row = 0; row < rows; row++) {
      int length = 0;
      do {
        if (column.getCurrentDefinitionLevel() < present) {
          throw VectormillException.input(
              "file " + uri + ": column vector: row " + row + " has a missing value");
        }
        int at = row * dimension + length;
        if (at >= values.length) {
          values = grow(values, row, dimension, rows);
        }
        values[at] = column.getFloat();
        length++;
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
      if (row == 0) {
        dimension = length;
        values = Arrays.copyOf(values, Math.multiplyExact(rows, dimension));
      } else if (length != dimension) {
        throw wrongLength(row, length, dimension);
      }
    }
    return values;
  }

  private float[] grow(float[] values, int row, int dimension, int rows) {
    if (row > 0) {
      throw wrongLength(rows - 1, dimension + 1, dimension);
    }
    return Arrays.copyOf(values, Math.max(64, values.length * 2));
  }

  private VectormillException wrongLength(int row, int length, int dimension) {
    return VectormillException.input(
        "file "
            + uri
            + ": column vector: row "
            + row
            + " has dimension "
            + length
            + ", expected "
            + dimension);
  }
}
