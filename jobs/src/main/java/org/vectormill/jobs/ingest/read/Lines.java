package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a stream: ended by LF, a CR before it dropped; the last one may lack its end. Lines
 * longer than a limit are passed over, their beginning kept.
 */
final class Lines {
  private final ByteInput in;
  private final ByteBuilder line;
  private long number;

  /**
   * @param before lines before the stream's first
   */
  Lines(InputStream in, long before, int maxBytes) {
    this.in = new ByteInput(in);
    this.line = new ByteBuilder(maxBytes);
    this.number = before;
  }

  /** Takes the next line; false at the end. */
  boolean next() throws IOException {
    int value = in.read();
    if (value < 0) {
      return false;
    }
    line.clear();
    number++;
    while (value >= 0 && value != '\n') {
      line.append(value);
      value = in.read();
    }
    if (!line.overflowed()) {
      line.dropLast('\r');
    }
    return true;
  }

  /** Number of the line taken last; the file's first is 1. */
  long number() {
    return number;
  }

  byte[] bytes() {
    return line.toBytes();
  }

  boolean tooLong() {
    return line.overflowed();
  }

  /** Bytes of the stream that are taken. */
  long taken() {
    return in.taken();
  }
}
