package org.vectormill.udfs.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectorRows;

/**
 * The usable rows of one planned unit as blocks, and which rows are not usable.
 *
 * @param blocks in the order of rows, each full but the last
 * @param rows for each packed row, in order, its position in what was packed
 * @param unusable for each row of what was packed, why it is left out; null for a packed one
 */
public record PackedUnit(List<VectorBlock> blocks, int[] rows, RejectReason[] unusable) {
  /** Longest row that Euclidean distances are found of. */
  public static final double MOST_LENGTH = 1e18;

  /**
   * Packs rows.
   *
   * @param first position of the unit's first row
   * @param selected whether the row at {@code first + i} is wanted; those that are not are neither
   *     packed nor unusable
   */
  public static PackedUnit of(VectorRows from, int first, boolean[] selected, Metric metric) {
    int d = from.dimension();
    int[] rows = new int[selected.length];
    RejectReason[] unusable = new RejectReason[selected.length];
    int count = 0;
    for (int i = 0; i < selected.length; i++) {
      if (selected[i]) {
        unusable[i] = problem(from.values(), (first + i) * d, d, metric);
        if (unusable[i] == null) {
          rows[count++] = i;
        }
      }
    }
    rows = Arrays.copyOf(rows, count);
    List<VectorBlock> blocks = new ArrayList<>();
    for (int start = 0; start < count; start += VectorBlock.ROWS) {
      int end = Math.min(count, start + VectorBlock.ROWS);
      blocks.add(block(from, first, Arrays.copyOfRange(rows, start, end), metric));
    }
    return new PackedUnit(blocks, rows, unusable);
  }

  private static VectorBlock block(VectorRows from, int first, int[] rows, Metric metric) {
    int d = from.dimension();
    float[] values = new float[rows.length * d];
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = first + rows[i];
      System.arraycopy(from.values(), row * d, values, i * d, d);
      if (metric == Metric.COSINE) {
        FloatRows.normalise(values, i * d, d);
      }
      keys[i] = RowKey.of(from.ids()[row]);
    }
    return new VectorBlock(d, values, keys);
  }

  /**
   * A vector of zeros has no direction, so it has no cosine; squares of distances between rows of a
   * larger length than {@link #MOST_LENGTH} may be no floats.
   */
  private static RejectReason problem(float[] values, int from, int length, Metric metric) {
    boolean zero = true;
    double square = 0;
    for (int i = from; i < from + length; i++) {
      if (!Float.isFinite(values[i])) {
        return RejectReason.NOT_FINITE;
      }
      zero &= values[i] == 0;
      square += (double) values[i] * values[i];
    }
    if (metric == Metric.L2 && square > MOST_LENGTH * MOST_LENGTH) {
      return RejectReason.NOT_FINITE;
    }
    return zero && metric == Metric.COSINE ? RejectReason.ZERO_VECTOR : null;
  }
}
