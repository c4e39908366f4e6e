package org.vectormill.udfs.pool;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the bytes of one model while they arrive, and stops what is too much. */
final class FetchLimit {
  static final String SETTING = "VECTORMILL_MAX_MODEL_BYTES";
  private static final long DEFAULT = 32L << 30;
  private static final int BUFFER = 1 << 16;

  private final String shown;
  private final long most;
  private long taken;

  /**
   * @param shown the model's URI, for messages
   */
  FetchLimit(String shown) {
    this(shown, Long.parseLong(setting()));
  }

  FetchLimit(String shown, long most) {
    this.shown = shown;
    this.most = most;
  }

  private static String setting() {
    String set = System.getProperty(SETTING, System.getenv(SETTING));
    return set == null ? Long.toString(DEFAULT) : set;
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

  private void take(int bytes) throws IOException {
    taken += bytes;
    if (taken > most) {
      throw new IOException(
          shown + " is larger than " + most + " bytes; raise " + SETTING + " if that is meant");
    }
  }
}
