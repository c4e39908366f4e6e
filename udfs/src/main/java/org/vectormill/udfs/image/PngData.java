package org.vectormill.udfs.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.vectormill.schemas.RejectReason;

/** The inflated content of a complete PNG's IDAT chunks, in order. */
final class PngData implements AutoCloseable {
  private final ByteView file;
  private final Inflater inflater = new Inflater();
  private long next = PngHeader.FIRST_CHUNK;

  PngData(ByteView file) {
    this.file = file;
  }

  /** Fills the first {@code length} bytes of {@code to}. */
  void readFully(byte[] to, int length) throws ImageRejectedException {
    int done = 0;
    try {
      while (done < length) {
        int count = inflater.inflate(to, done, length - done);
        done += count;
        if (count == 0) {
          more();
        }
      }
    } catch (DataFormatException e) {
      throw new ImageRejectedException(
          RejectReason.UNDECODABLE, "PNG image data: " + e.getMessage(), e);
    }
  }

  private void more() throws ImageRejectedException {
    if (inflater.finished() || inflater.needsDictionary()) {
      throw endsEarly();
    }
    while (!file.matches(next + 4, "IEND")) {
      long length = file.u32be(next);
      long content = next + 8;
      boolean data = file.matches(next + 4, "IDAT");
      next = content + length + 4;
      if (data && length > 0) {
        inflater.setInput(file.bytes(), (int) content, (int) length);
        return;
      }
    }
    throw endsEarly();
  }

  private static ImageRejectedException endsEarly() {
    return new ImageRejectedException(
        RejectReason.TRUNCATED, "PNG image data ends before the last row");
  }

  @Override
  public void close() {
    inflater.end();
  }
}
