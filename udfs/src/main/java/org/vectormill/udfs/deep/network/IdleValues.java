package org.vectormill.udfs.deep.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Values that nobody uses now, of the keys that were asked for last. */
final class IdleValues<K, V> {
  private final int keys;
  private final Consumer<V> closing;

  /** From the key that was asked for longest ago to the last one. */
  private final Map<K, Deque<V>> idle = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param keys how many are remembered, at least 1
   * @param closing what becomes of a value that is not kept
   */
  IdleValues(int keys, Consumer<V> closing) {
    this.keys = keys;
    this.closing = closing;
  }

  /** An idle value of this key, or a new one; those of a key that is forgotten now are closed. */
  V take(K key, Supplier<V> made) {
    List<V> forgotten = new ArrayList<>();
    V kept;
    synchronized (this) {
      kept = idle.computeIfAbsent(key, one -> new ArrayDeque<>()).poll();
      if (idle.size() > keys) {
        K eldest = idle.keySet().iterator().next();
        forgotten.addAll(idle.remove(eldest));
      }
    }
    forgotten.forEach(closing);
    return kept == null ? made.get() : kept;
  }

  /** Takes a value back, which is closed where its key is forgotten. */
  void give(K key, V value) {
    synchronized (this) {
      Deque<V> of = idle.get(key);
      if (of != null) {
        of.push(value);
        return;
      }
    }
    closing.accept(value);
  }

  /** What becomes of a value that is not to be used again. */
  void close(V value) {
    closing.accept(value);
  }

  /** Closes what is idle, and forgets all keys. */
  void closeAll() {
    List<V> all = new ArrayList<>();
    synchronized (this) {
      idle.values().forEach(all::addAll);
      idle.clear();
    }
    all.forEach(closing);
  }
}
