package org.vectormill.jobs.ingest.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows whether a reader came to the stream's end: damage that shows there is a file cut short. */
final class EndWatch extends FilterInputStream {
  private boolean ended;

  EndWatch(InputStream in) {
    super(in);
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    ended |= value < 0;
    return value;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = super.read(to, offset, length);
    ended |= count < 0;
    return count;
  }
}
