package org.vectormill.udfs.deep;

import java.util.SplittableRandom;

/** Random orders. Rows often come sorted by class, on which stochastic gradients fail. */
final class RowOrder {
  /** 0 to {@code count - 1}, shuffled (Fisher and Yates). */
  static int[] shuffled(int count, long seed) {
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private RowOrder() {}
}
