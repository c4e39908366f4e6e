package org.vectormill.udfs.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes as decoders want them, with no cache on disk or in memory. Some decoders take the end for
 * zeros and would make up a whole image of them; here they may ask a few times, then reading fails.
 */
final class ByteArrayImageInput extends ImageInputStreamImpl {
  private static final int MOST_READS_PAST_END = 64;

  private final byte[] bytes;
  private int readsPastEnd;

  ByteArrayImageInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : pastEnd();
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return pastEnd();
    }
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  private int pastEnd() throws IOException {
    if (++readsPastEnd > MOST_READS_PAST_END) {
      throw new IOException("image data ends before the image does");
    }
    return -1;
  }
}
