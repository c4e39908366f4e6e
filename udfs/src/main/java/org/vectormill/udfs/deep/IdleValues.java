package org.vectormill.udfs.deep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Values that nobody uses now, all of the key that was asked for last. */
final class IdleValues<K, V> {
  private final Consumer<V> closing;
  private final Deque<V> idle = new ArrayDeque<>();
  private K last;

  /**
   * @param closing what becomes of a value that is not kept
   */
  IdleValues(Consumer<V> closing) {
    this.closing = closing;
  }

  /** An idle value of this key, or a new one; idle ones of another key are closed. */
  V take(K key, Supplier<V> made) {
    List<V> others = List.of();
    V kept;
    synchronized (this) {
      if (!key.equals(last)) {
        others = new ArrayList<>(idle);
        idle.clear();
        last = key;
      }
      kept = idle.poll();
    }
    others.forEach(closing);
    return kept == null ? made.get() : kept;
  }

  /** Takes a value back, which is closed where another key was asked for since. */
  void give(K key, V value) {
    synchronized (this) {
      if (key.equals(last)) {
        idle.push(value);
        return;
      }
    }
    closing.accept(value);
  }
}
