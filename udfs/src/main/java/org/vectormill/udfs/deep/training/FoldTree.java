package org.vectormill.udfs.deep.training;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes one of many, neighbours first: {@code ((a b) (c d)) e}. What each is folded with depends on
 * how many there are alone, so parts of a power of two of them may be folded elsewhere before.
 */
public final class FoldTree<R> {
  private final Workers.Fold<R> fold;
  private final Deque<R> folded = new ArrayDeque<>();
  private long count;

  public FoldTree(Workers.Fold<R> fold) {
    this.fold = fold;
  }

  /** The next one. */
  public void add(R next) {
    folded.push(next);
    count++;
    for (long size = count; size % 2 == 0; size /= 2) {
      pair();
    }
  }

  private void pair() {
    R right = folded.pop();
    folded.push(fold.of(folded.pop(), right));
  }

  /**
   * All of them; nothing is added after.
   *
   * @throws java.util.NoSuchElementException where there are none
   */
  public R value() {
    while (folded.size() > 1) {
      pair();
    }
    return folded.getFirst();
  }
}
