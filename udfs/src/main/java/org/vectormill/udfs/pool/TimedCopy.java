package org.vectormill.udfs.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Copies a server's answer into a file, and gives up where it stands still or takes too long. A
 * read that waits for bytes can't be timed itself, so it waits in a thread of its own and is ended
 * by closing its stream.
 *
 * @param stall longest time without a byte
 */
record TimedCopy(InputStream in, Path target, FetchLimit limit, Duration stall) {
  private static final long LOOK_MILLIS = 200;

  /**
   * @param expected bytes; below 0 where nobody said
   */
  void run(long expected) throws IOException {
    FutureTask<Void> copy =
        new FutureTask<>(
            () -> {
              limit.copy(in, target, expected);
              return null;
            });
    Thread thread = new Thread(copy, "vectormill-download");
    thread.setDaemon(true);
    thread.start();
    try {
      await(copy);
    } finally {
      in.close();
      end(thread);
    }
  }

  private void await(FutureTask<Void> copy) throws IOException {
    long seen = limit.taken();
    long since = System.nanoTime();
    while (true) {
      try {
        copy.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        limit.checkTime();
        long taken = limit.taken();
        long now = System.nanoTime();
        if (taken > seen) {
          seen = taken;
          since = now;
        } else if (now - since > stall.toNanos()) {
          throw new IOException("no byte came for " + stall.toSeconds() + " s");
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while downloading", e);
      }
    }
  }

  /** The file is deleted next, so nobody may still write to it; a closed stream ends at once. */
  private static void end(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
