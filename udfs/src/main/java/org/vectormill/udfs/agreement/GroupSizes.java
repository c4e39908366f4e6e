package org.vectormill.udfs.agreement;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many groups of each size a grouping has: as few numbers as there are different sizes, however
 * many groups there are, and all that entropy and pairs ask of it.
 *
 * @param groups number of groups by their size; sizes from 1 on
 */
public record GroupSizes(SortedMap<Long, Long> groups) {
  public GroupSizes {
    groups = new TreeMap<>(groups);
  }

  /** Of groups with these sizes; empty ones are none. */
  static GroupSizes of(long[]... sizes) {
    SortedMap<Long, Long> groups = new TreeMap<>();
    for (long[] some : sizes) {
      for (long size : some) {
        if (size > 0) {
          groups.merge(size, 1L, Long::sum);
        }
      }
    }
    return new GroupSizes(groups);
  }

  long items() {
    long items = 0;
    for (Map.Entry<Long, Long> one : groups.entrySet()) {
      items += one.getKey() * one.getValue();
    }
    return items;
  }

  /** Number of groups. */
  public long count() {
    return groups.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In nats. */
  double entropy() {
    double items = items();
    double entropy = 0;
    for (Map.Entry<Long, Long> one : groups.entrySet()) {
      double share = one.getKey() / items;
      entropy -= one.getValue() * share * Math.log(share);
    }
    return entropy;
  }

  /** Pairs of items in one group. */
  double pairs() {
    double pairs = 0;
    for (Map.Entry<Long, Long> one : groups.entrySet()) {
      pairs += one.getValue() * (one.getKey() * (one.getKey() - 1.0) / 2);
    }
    return pairs;
  }
}
