package org.vectormill.udfs.vectors;

import java.util.Arrays;

/** The largest entries of each row of a matrix that comes in tiles; of equal ones the first. */
final class TopEntries {
  private final int count;
  private final float[] entries;
  private final int[] numbers;

  TopEntries(int rows, int count) {
    this.count = count;
    this.entries = new float[rows * count];
    this.numbers = new int[rows * count];
    Arrays.fill(entries, Float.NEGATIVE_INFINITY);
    Arrays.fill(numbers, -1);
  }

  /**
   * Takes further entries of a row.
   *
   * @param number of the first of them; numbers of a row come in rising order
   */
  void offer(int row, float[] from, int start, int length, int number) {
    int last = row * count + count - 1;
    float least = entries[last];
    for (int i = 0; i < length; i++) {
      float entry = from[start + i];
      if (entry > least || numbers[last] < 0) {
        insert(row * count, last, entry, number + i);
        least = entries[last];
      }
    }
  }

  /** Takes one more entry of a row; of equal ones the lower number comes first, in any order. */
  void offer(int row, float entry, int number) {
    int last = row * count + count - 1;
    boolean better =
        numbers[last] < 0
            || entry > entries[last]
            || (entry == entries[last] && number < numbers[last]);
    if (better) {
      int at = last;
      while (at > row * count && before(entry, number, at - 1)) {
        entries[at] = entries[at - 1];
        numbers[at] = numbers[at - 1];
        at--;
      }
      entries[at] = entry;
      numbers[at] = number;
    }
  }

  private boolean before(float entry, int number, int at) {
    return numbers[at] < 0 || entry > entries[at] || (entry == entries[at] && number < numbers[at]);
  }

  private void insert(int first, int last, float entry, int number) {
    int at = last;
    while (at > first && (entries[at - 1] < entry || numbers[at - 1] < 0)) {
      entries[at] = entries[at - 1];
      numbers[at] = numbers[at - 1];
      at--;
    }
    entries[at] = entry;
    numbers[at] = number;
  }

  /** Rows x count numbers, largest entry first; -1 where a row had fewer entries. */
  int[] numbers() {
    return numbers;
  }
}
