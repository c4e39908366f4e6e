package org.vectormill.udfs.engine;

import java.util.concurrent.atomic.AtomicLong;

/** Gives unused native memory back after every so many runs of a network. */
final class PeriodicTrim {
  /** A trim takes some milliseconds, a batch of texts some hundred. */
  private static final int RUNS = 8;

  private final AtomicLong runs = new AtomicLong();

  void afterRun() {
    if (runs.incrementAndGet() % RUNS == 0) {
      NativeHeap.trim();
    }
  }
}
