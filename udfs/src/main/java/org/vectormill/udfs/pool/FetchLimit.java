package org.vectormill.udfs.pool;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.vectormill.schemas.VectormillException;

/** Counts the bytes and the time of one model while it arrives, and stops what is too much. */
final class FetchLimit {
  static final String SETTING = "VECTORMILL_MAX_MODEL_BYTES";
  static final String TIME_SETTING = "VECTORMILL_MAX_MODEL_SECONDS";
  private static final long DEFAULT = 32L << 30;
  private static final long DEFAULT_SECONDS = 4 * 3600;
  private static final int BUFFER = 1 << 16;

  private final String shown;
  private final long most;
  private final long seconds;
  private final long started = System.nanoTime();
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param shown the model's URI, for messages
   */
  FetchLimit(String shown) {
    this(shown, setting(SETTING, DEFAULT), setting(TIME_SETTING, DEFAULT_SECONDS));
  }

  FetchLimit(String shown, long most, long seconds) {
    this.shown = shown;
    this.most = most;
    this.seconds = seconds;
  }

  private static long setting(String name, long otherwise) {
    String set = System.getProperty(name, System.getenv(name));
    if (set == null) {
      return otherwise;
    }
    if (!set.matches("[1-9][0-9]{0,17}")) {
      throw VectormillException.usage(name + " is " + set + "; expected a whole number above 0");
    }
    return Long.parseLong(set);
  }

  /**
   * Writes what a stream holds into a new file.
   *
   * @param expected bytes; below 0 where nobody said
   * @throws EOFException where the stream ends before
   */
  void copy(InputStream in, Path target, long expected) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        take(read);
        copied += read;
        out.write(buffer, 0, read);
      }
    }
    if (expected >= 0 && copied != expected) {
      throw new EOFException(
          target.getFileName() + " is truncated: " + copied + " of " + expected + " bytes came");
    }
  }

  /** Bytes that have come. */
  long taken() {
    return taken.get();
  }

  /**
   * @throws IOException where the model has taken longer than it may
   */
  void checkTime() throws IOException {
    if (System.nanoTime() - started > TimeUnit.SECONDS.toNanos(seconds)) {
      throw new IOException(
          shown + " takes longer than " + seconds + " s; raise " + TIME_SETTING + " if it may");
    }
  }

  private void take(int bytes) throws IOException {
    checkTime();
    if (taken.addAndGet(bytes) > most) {
      throw new IOException(
          shown + " is larger than " + most + " bytes; raise " + SETTING + " if that is meant");
    }
  }
}
