package org.vectormill.schemas;

import java.io.Serializable;

/**
 * When a writer closes a row group: at {@code maxBytes} of buffered data or {@code maxRows} rows,
 * whichever comes first.
 */
public record RowGroupSize(long maxBytes, int maxRows) implements Serializable {
  public static final RowGroupSize DEFAULT = new RowGroupSize(32L << 20, 8192);

  public RowGroupSize {
    if (maxBytes < 1 << 16) {
      throw VectormillException.usage("--row-group-bytes must be >= 65536, got " + maxBytes);
    }
    if (maxRows < 1) {
      throw VectormillException.usage("--row-group-rows must be >= 1, got " + maxRows);
    }
  }
}
