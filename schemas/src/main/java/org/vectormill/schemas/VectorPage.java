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
  private final byte[] bytes;
  private final FloatBuffer values;
  private final byte[] rowLevels;
  private int rows;

  VectorPage(int dimension) {
    this.dimension = dimension;
    this.capacity = Math.max(1, PAGE_BYTES / (Float.BYTES * dimension));
    this.bytes = new byte[capacity * dimension * Float.BYTES];
    this.values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    this.rowLevels = repetitionOfOneRow(dimension);
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
    int count = rows * dimension;
    ByteArrayOutputStream definition = new ByteArrayOutputStream();
    run(definition, count, 1);
    ByteBuffer repetition = ByteBuffer.allocate(rows * rowLevels.length);
    for (int i = 0; i < rows; i++) {
      repetition.put(rowLevels);
    }
    BytesInput page =
        BytesInput.concat(
            BytesInput.fromInt(repetition.capacity()),
            BytesInput.from(repetition.array()),
            BytesInput.fromInt(definition.size()),
            BytesInput.from(definition.toByteArray()),
            BytesInput.from(bytes, 0, count * Float.BYTES));
    Statistics<?> none = Statistics.getBuilderForReading(type).build();
    long size = page.size();
    writer.writePage(page, count, rows, none, Encoding.RLE, Encoding.RLE, Encoding.PLAIN);
    rows = 0;
    return size;
  }
}
