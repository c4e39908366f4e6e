package org.vectormill.udfs.vectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans work on all pairs of rows as pairs of groups of blocks, so that no task is larger than two
 * groups and each pair of rows is met exactly once.
 */
public final class BlockPairs {
  /**
   * Two groups whose rows are compared; {@code left <= right}, and where they are equal the rows of
   * the group are compared with each other.
   */
  public record Pair(int left, int right) implements Serializable {}

  /**
   * All pairs of {@code groups} groups, those with themselves included: n (n + 1) / 2. Ordered so
   * that each group's pairs are spread over the whole list, and neighbours share no group where
   * that can be avoided: no executor is asked for one group by all others at once.
   *
   * @param groups from 0 to 30,000
   */
  public static List<Pair> of(int groups) {
    if (groups < 0 || groups > 30_000) {
      throw new IllegalArgumentException("groups must be from 0 to 30,000, got " + groups);
    }
    List<Pair> pairs = new ArrayList<>(groups * (groups + 1) / 2);
    for (int apart = 0; apart <= groups / 2; apart++) {
      // At half way round the circle each pair would be met from both sides.
      int starts = apart > 0 && 2 * apart == groups ? groups / 2 : groups;
      for (int left = 0; left < starts; left++) {
        int right = (left + apart) % groups;
        pairs.add(new Pair(Math.min(left, right), Math.max(left, right)));
      }
    }
    return pairs;
  }

  private BlockPairs() {}
}
