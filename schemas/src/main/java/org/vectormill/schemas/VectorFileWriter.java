package org.vectormill.schemas;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType;

/** Writes {@code vectors} files, the vector column in bulk pages. */
final class VectorFileWriter extends ParquetTableWriter<VectorRows> {
  private static final String[] PATH = {VectorColumns.VECTOR, "list", "element"};
  private static final PrimitiveType TYPE =
      ParquetShapes.VECTORS.getColumnDescription(PATH).getPrimitiveType();

  private final int dimension;
  private final VectorPage page;
  private long pageBytes;

  VectorFileWriter(
      Configuration conf,
      String fileUri,
      Map<String, String> footer,
      RowGroupSize size,
      int dimension) {
    super(
        conf,
        fileUri,
        new WriterShape(ParquetShapes.VECTORS, ParquetShapes.VECTOR_KEYS, size),
        footer);
    this.dimension = dimension;
    this.page = new VectorPage(dimension);
  }

  @Override
  public void write(VectorRows rows) {
    if (rows.dimension() != dimension) {
      throw new IllegalArgumentException(
          "column vector: dimension "
              + rows.dimension()
              + ", expected "
              + dimension
              + " (encoder "
              + rows.encoder()
              + ")");
    }
    for (int i = 0; i < rows.rows(); i++) {
      writeKeys(rows, i);
      page.add(rows.values(), i);
      endRow(rows.ids()[i]);
      if (page.isFull()) {
        writePage();
      }
      if (full(pageBytes)) {
        flush();
      }
    }
  }

  private void writeKeys(VectorRows rows, int i) {
    RecordConsumer to = sink().consumer();
    to.startMessage();
    string(to, VectorColumns.ID, 0, rows.ids()[i]);
    string(to, VectorColumns.CONTENT_HASH, 1, rows.contentHashes()[i]);
    string(to, VectorColumns.ENCODER, 2, rows.encoder());
    if (rows.tokens() != null && rows.tokens()[i] >= 0) {
      to.startField(VectorColumns.TOKENS, 3);
      to.addInteger(rows.tokens()[i]);
      to.endField(VectorColumns.TOKENS, 3);
    }
    to.startField(VectorColumns.TRUNCATED, 4);
    to.addBoolean(rows.truncated()[i]);
    to.endField(VectorColumns.TRUNCATED, 4);
    to.endMessage();
  }

  private void writePage() {
    try {
      pageBytes += page.writeTo(sink().pages(PATH), TYPE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  void beforeFlush() {
    writePage();
    pageBytes = 0;
  }
}
