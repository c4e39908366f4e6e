package org.vectormill.udfs.vectors;

/** Rows less some vector. Of one thread. */
final class Shifted {
  private final float[] by;
  private final float[] row;
  private final boolean none;

  Shifted(float[] by) {
    this.by = by;
    this.row = new float[by.length];
    boolean zero = true;
    for (float value : by) {
      zero &= value == 0;
    }
    this.none = zero;
  }

  /** An array with the row at {@code at} less the vector, which begins at {@link #from}. */
  float[] of(float[] values, int at) {
    if (none) {
      return values;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = values[at + i] - by[i];
    }
    return row;
  }

  /** Where in {@link #of}'s array the row begins. */
  int from(int at) {
    return none ? at : 0;
  }
}
