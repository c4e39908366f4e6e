package org.vectormill.udfs.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Values by key, each made once: who comes first makes it, the others wait for it. A failure goes
 * to all who waited and is forgotten, so that the next one tries again.
 */
final class LoadOnce<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> values = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();

  V get(K key, Supplier<V> loader) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> there = values.putIfAbsent(key, mine);
    return there == null ? load(key, mine, loader) : await(there);
  }

  private V load(K key, CompletableFuture<V> mine, Supplier<V> loader) {
    try {
      V value = loader.get();
      loads.incrementAndGet();
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      values.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static <V> V await(CompletableFuture<V> there) {
    try {
      return there.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** How many values have been made, those of {@link #takeAll} included. */
  int loads() {
    return loads.get();
  }

  /** Takes out what is there; a value that is still being made stays. */
  List<V> takeAll() {
    List<V> taken = new ArrayList<>();
    for (K key : List.copyOf(values.keySet())) {
      CompletableFuture<V> future = values.get(key);
      if (future != null && future.isDone() && values.remove(key, future)) {
        taken.add(future.join());
      }
    }
    return taken;
  }
}
