package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes one by one, with a look at the next. */
final class ByteInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int limit;
  private long taken;

  ByteInput(InputStream in) {
    this.in = in;
  }

  /** Passes over these bytes where the stream, of which nothing is taken yet, begins with them. */
  void skipPrefix(byte[] prefix) throws IOException {
    limit = in.readNBytes(buffer, 0, prefix.length);
    if (limit == prefix.length && Arrays.equals(prefix, Arrays.copyOf(buffer, limit))) {
      next = limit;
      taken = limit;
    }
  }

  /** The next byte, 0..255; -1 at the end. */
  int read() throws IOException {
    if (next == limit && !fill()) {
      return -1;
    }
    taken++;
    return buffer[next++] & 0xff;
  }

  /** The next byte without taking it; -1 at the end. */
  int peek() throws IOException {
    return next == limit && !fill() ? -1 : buffer[next] & 0xff;
  }

  /** Bytes taken up to now. */
  long taken() {
    return taken;
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = 0;
    int count = in.read(buffer);
    limit = Math.max(0, count);
    return limit > 0;
  }
}
