package org.vectormill.udfs.builtin;

import java.util.Arrays;

/** Sums of hashed features of one text, in the order in which the features first came. */
final class FeatureSums {
  private static final int FIRST_CAPACITY = 1 << 9;

  private long[] features = new long[FIRST_CAPACITY];
  private double[] sums = new double[FIRST_CAPACITY];

  /** Open addressing: 1 + index of a feature, 0 where free; twice as many as features fit. */
  private int[] slots = new int[2 * FIRST_CAPACITY];

  private int size;

  /** Forgets all features; the memory is kept for the next text. */
  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }

  /** Adds to the feature's sum. The feature must be a well mixed hash. */
  void add(long feature, double value) {
    int slot = (int) feature & slots.length - 1;
    while (slots[slot] != 0) {
      int i = slots[slot] - 1;
      if (features[i] == feature) {
        sums[i] += value;
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    features[size] = feature;
    sums[size] = value;
    slots[slot] = ++size;
    if (size == features.length) {
      grow();
    }
  }

  private void grow() {
    features = Arrays.copyOf(features, 2 * size);
    sums = Arrays.copyOf(sums, 2 * size);
    slots = new int[4 * size];
    for (int i = 0; i < size; i++) {
      int slot = (int) features[i] & slots.length - 1;
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = i + 1;
    }
  }

  int size() {
    return size;
  }

  long feature(int i) {
    return features[i];
  }

  double sum(int i) {
    return sums[i];
  }
}
