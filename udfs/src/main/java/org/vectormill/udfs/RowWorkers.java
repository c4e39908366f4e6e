package org.vectormill.udfs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share the rows of one call. The caller works too, so that a call uses at most the
 * given number of threads, and several calls at once don't wait for each other.
 */
public final class RowWorkers implements AutoCloseable {
  private static final int CHUNK = 64;

  /** Work on the rows {@code from} to {@code to}, without the last. */
  @FunctionalInterface
  public interface Chunk {
    void run(int from, int to);
  }

  private final int threads;
  private final ExecutorService helpers;

  /**
   * @param name of the threads
   * @param threads most threads of one call, the caller's own included; at least 1
   */
  public RowWorkers(String name, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(name + ": threads must be at least 1, got " + threads);
    }
    this.threads = threads;
    this.helpers = threads == 1 ? null : Executors.newCachedThreadPool(work -> daemon(work, name));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs the chunks of n rows, each once, in any order, and returns when all are done. Rows must
   * not depend on each other.
   *
   * @throws RuntimeException the first that a chunk threw; no further chunk begins then
   */
  public void run(int n, Chunk chunk) {
    int chunks = (n + CHUNK - 1) / CHUNK;
    AtomicInteger next = new AtomicInteger();
    Runnable loop = () -> work(n, chunks, next, chunk);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, chunks); t++) {
      running.add(helpers.submit(loop));
    }
    try {
      loop.run();
    } finally {
      // Nothing may run on after the caller has left: it owns the arrays.
      next.set(chunks);
      await(running);
    }
  }

  private static void work(int n, int chunks, AtomicInteger next, Chunk chunk) {
    try {
      for (int c = next.getAndIncrement(); c < chunks; c = next.getAndIncrement()) {
        chunk.run(c * CHUNK, Math.min(n, (c + 1) * CHUNK));
      }
    } catch (RuntimeException | Error e) {
      next.set(chunks);
      throw e;
    }
  }

  private static void await(List<Future<?>> running) {
    boolean interrupted = false;
    RuntimeException failure = null;
    for (Future<?> future : running) {
      boolean done = false;
      while (!done) {
        try {
          future.get();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (CancellationException e) {
          failure = failure == null ? e : failure;
          done = true;
        } catch (ExecutionException e) {
          failure = failure == null ? asRuntime(e.getCause()) : failure;
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException asRuntime(Throwable cause) {
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("work on a row failed: " + cause, cause);
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdown();
    }
  }
}
