package org.vectormill.udfs.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Keeps native memory from being freed under a call that still runs in it. */
final class CloseOnce {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Runs {@code work}, together with others.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <T> T whileOpen(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the encoder is closed: this JVM is shutting down");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for calls that run, then frees, once; leaves it to the system where they don't end. */
  void close(Runnable free) {
    try {
      if (!lock.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
