package org.vectormill.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReader;

/**
 * Reads lists of floats page by page where all have one length: the levels are checked by their
 * runs, the values copied as they lie. Whatever looks otherwise is left to {@link FixedLists},
 * which reads it or says what is wrong.
 */
final class BulkLists {
  private final int present;
  private final int length;
  private final float[] values;
  private int filled;

  private BulkLists(int present, int length, int total) {
    this.present = present;
    this.length = length;
    this.values = new float[total];
  }

  /**
   * The values of {@code rows} lists, row-major; empty where the pages are not plain ones of lists
   * of one length. The pages are consumed either way.
   *
   * @param column a list of floats: one repetition level
   */
  static Optional<float[]> read(PageReader pages, ColumnDescriptor column, int rows)
      throws IOException {
    long total = pages.getTotalValueCount();
    if (pages.readDictionaryPage() != null || total % rows != 0 || total > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    BulkLists lists =
        new BulkLists(column.getMaxDefinitionLevel(), (int) (total / rows), (int) total);
    for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
      if (!lists.take(page)) {
        return Optional.empty();
      }
    }
    return lists.filled == total ? Optional.of(lists.values) : Optional.empty();
  }

  private boolean take(DataPage page) throws IOException {
    if (page.getValueCount() > values.length - filled) {
      return false;
    }
    if (page instanceof DataPageV1 first) {
      return take(first);
    }
    return page instanceof DataPageV2 second && take(second);
  }

  private boolean take(DataPageV1 page) throws IOException {
    if (page.getValueEncoding() != Encoding.PLAIN
        || page.getRlEncoding() != Encoding.RLE
        || page.getDlEncoding() != Encoding.RLE) {
      return false;
    }
    ByteBuffer bytes = page.getBytes().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer repetition = levels(bytes);
    ByteBuffer definition = levels(bytes);
    return take(repetition, definition, bytes, page.getValueCount());
  }

  private static ByteBuffer levels(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
    if (size < 0 || size > bytes.remaining()) {
      throw new IOException("column vector: the levels of a page end before they should");
    }
    ByteBuffer levels = bytes.slice(bytes.position(), size);
    bytes.position(bytes.position() + size);
    return levels;
  }

  private boolean take(DataPageV2 page) throws IOException {
    return page.getDataEncoding() == Encoding.PLAIN
        && take(
            page.getRepetitionLevels().toByteBuffer(),
            page.getDefinitionLevels().toByteBuffer(),
            page.getData().toByteBuffer(),
            page.getValueCount());
  }

  private boolean take(ByteBuffer repetition, ByteBuffer definition, ByteBuffer data, int count) {
    if (data.remaining() != (long) count * Float.BYTES
        || !FixedListLevels.beginEvery(length, repetition, count, filled)
        || !FixedListLevels.allAre(present, definition, count)) {
      return false;
    }
    data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, filled, count);
    filled += count;
    return true;
  }
}
