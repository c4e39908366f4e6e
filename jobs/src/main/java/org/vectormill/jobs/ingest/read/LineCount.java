package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Counts line ends in a range of a source. */
public final class LineCount {
  private static final int BUFFER_BYTES = 1 << 17;

  /**
   * Number of LF bytes from {@code start} to before {@code end}.
   *
   * @throws VectormillException ({@code RETRY}) where they can't be read
   */
  public static long of(Configuration conf, String uri, long start, long end) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long count = 0;
    long left = end - start;
    try (InputStream in = StoreInput.open(conf, uri, start)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          break;
        }
        for (int i = 0; i < read; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
        left -= read;
      }
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "source " + uri + " can't be read: " + e.getMessage(), e);
    }
    return count;
  }

  private LineCount() {}
}
