package org.vectormill.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A data page (version 1, PLAIN) of lists of one length, filled by whole rows. Parquet's levels of
 * such lists are a fixed pattern, so no value is looked at on its own: repetition is one 0 and
 * {@code d - 1} ones for each row, definition one run of ones (Parquet format, "Nested Encoding"
 * and "RLE/Bit-packing hybrid").
 */
final class VectorPage {
  private static final int PAGE_BYTES = 1 << 20;

  private final int dimension;
  private final int capacity;
  private final byte[] rowLevels;
  private final byte[] page;
  private final int start;
  private final FloatBuffer values;
  private int rows;

  VectorPage(int dimension) {
    this.dimension = dimension;
    this.capacity = Math.max(1, PAGE_BYTES / (Float.BYTES * dimension));
    this.rowLevels = repetitionOfOneRow(dimension);
    this.start = levels(capacity).capacity();
    this.page = new byte[start + Math.multiplyExact(capacity * dimension, Float.BYTES)];
    this.values =
        ByteBuffer.wrap(page, start, page.length - start)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
  }

  private static byte[] repetitionOfOneRow(int dimension) {
    ByteArrayOutputStream levels = new ByteArrayOutputStream();
    run(levels, 1, 0);
    if (dimension > 1) {
      run(levels, dimension - 1, 1);
    }
    return levels.toByteArray();
  }

  private static void run(ByteArrayOutputStream to, int length, int level) {
    try {
      BytesUtils.writeUnsignedVarInt(length << 1, to);
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory takes every byte", e);
    }
    to.write(level);
  }

  /** Both kinds of level of a page of {@code rows}, each with its length before it. */
  private ByteBuffer levels(int rows) {
    ByteArrayOutputStream definition = new ByteArrayOutputStream();
    run(definition, rows * dimension, 1);
    int repetition = rows * rowLevels.length;
    ByteBuffer levels =
        ByteBuffer.allocate(2 * Integer.BYTES + repetition + definition.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    levels.putInt(repetition);
    for (int i = 0; i < rows; i++) {
      levels.put(rowLevels);
    }
    levels.putInt(definition.size());
    levels.put(definition.toByteArray());
    return levels.flip();
  }

  boolean isFull() {
    return rows == capacity;
  }

  /** Appends row {@code row} of the block. */
  void add(float[] block, int row) {
    values.put(rows * dimension, block, row * dimension, dimension);
    rows++;
  }

  /** Writes the rows as one page, if there are any, and empties this one; returns its bytes. */
  long writeTo(PageWriter writer, PrimitiveType type) throws IOException {
    if (rows == 0) {
      return 0;
    }
    // The levels go right before the values, so that the page lies in one piece.
    ByteBuffer levels = levels(rows);
    int first = start - levels.remaining();
    levels.get(page, first, levels.remaining());
    int count = rows * dimension;
    int size = start - first + count * Float.BYTES;
    Statistics<?> none = Statistics.getBuilderForReading(type).build();
    writer.writePage(
        BytesInput.from(page, first, size),
        count,
        rows,
        none,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    rows = 0;
    return size;
  }
}
