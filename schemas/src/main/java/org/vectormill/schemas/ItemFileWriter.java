package org.vectormill.schemas;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes {@code items} files. */
final class ItemFileWriter extends ParquetTableWriter<ItemRow> {
  ItemFileWriter(
      Configuration conf, String fileUri, Map<String, String> footer, RowGroupSize size) {
    super(conf, fileUri, new WriterShape(ParquetShapes.ITEMS, ParquetShapes.ITEMS, size), footer);
  }

  @Override
  public void write(ItemRow row) {
    RecordConsumer to = sink().consumer();
    to.startMessage();
    string(to, ItemColumns.ID, 0, row.id());
    string(to, ItemColumns.SOURCE, 1, row.source());
    number(to, ItemColumns.SOURCE_SIZE, 2, row.sourceSize());
    string(to, ItemColumns.SOURCE_VERSION, 3, row.sourceVersion());
    string(to, ItemColumns.MODALITY, 4, row.modality());
    string(to, ItemColumns.TEXT, 5, row.text());
    if (row.image() != null) {
      to.startField(ItemColumns.IMAGE, 6);
      to.addBinary(Binary.fromConstantByteArray(row.image()));
      to.endField(ItemColumns.IMAGE, 6);
    }
    string(to, ItemColumns.CONTENT_HASH, 7, row.contentHash());
    string(to, ItemColumns.LABEL, 8, row.label());
    string(to, ItemColumns.SPLIT, 9, row.split());
    map(to, ItemColumns.ATTRIBUTES, 10, row.attributes());
    to.endMessage();
    endRow(row.id());
    if (full(0)) {
      flush();
    }
  }
}
