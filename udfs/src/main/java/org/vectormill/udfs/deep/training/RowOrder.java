package org.vectormill.udfs.deep.training;

import java.util.SplittableRandom;

/** Random orders. Rows often come sorted by class, on which stochastic gradients fail. */
public final class RowOrder {
  /** 0 to {@code count - 1}, shuffled (Fisher and Yates). */
  public static int[] shuffled(int count, long seed) {
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Where a part of a number of steps begins; the next part's begin is its end.
   *
   * @param part from 0 to {@code parts}
   */
  public static int begin(int steps, int part, int parts) {
    return (int) ((long) steps * part / parts);
  }

  /** A step's rows of the order, which begins anew where it ends: all rows get their turn. */
  public static int[] batch(int[] order, int step, int size) {
    int[] batch = new int[size];
    for (int i = 0; i < size; i++) {
      batch[i] = order[(int) (((long) step * size + i) % order.length)];
    }
    return batch;
  }

  private RowOrder() {}
}
