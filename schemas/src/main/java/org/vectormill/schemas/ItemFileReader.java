package org.vectormill.schemas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;

/** Reads {@code items} files column by column. */
final class ItemFileReader implements TableReader<ItemRow[]> {
  private static final List<String> KEYS = List.of(ItemColumns.ID, ItemColumns.CONTENT_HASH);
  private static final List<String> SOURCE =
      List.of(
          ItemColumns.SOURCE,
          ItemColumns.SOURCE_SIZE,
          ItemColumns.SOURCE_VERSION,
          ItemColumns.MODALITY);

  private final ParquetRowGroups file;
  private final List<String> names;

  ItemFileReader(Configuration conf, String fileUri, ItemColumnSet columns) {
    this.names = names(columns);
    this.file = new ParquetRowGroups(conf, fileUri, names);
  }

  private static List<String> names(ItemColumnSet columns) {
    return switch (columns) {
      case KEYS -> KEYS;
      case TEXT -> concat(KEYS, SOURCE, List.of(ItemColumns.TEXT));
      case IMAGE -> concat(KEYS, SOURCE, List.of(ItemColumns.IMAGE));
      case ALL -> List.of(ItemColumns.SCHEMA.fieldNames());
    };
  }

  @SafeVarargs
  private static List<String> concat(List<String>... parts) {
    return java.util.Arrays.stream(parts).flatMap(List::stream).toList();
  }

  @Override
  public ItemRow[] read(int index) {
    return file.decode(index, this::read);
  }

  private ItemRow[] read(PageReadStore pages) {
    int rows = Math.toIntExact(pages.getRowCount());
    String[] ids = file.required(pages, ItemColumns.ID);
    String[] hashes = file.required(pages, ItemColumns.CONTENT_HASH);
    String[] sources = strings(pages, ItemColumns.SOURCE, rows);
    long[] sizes = longs(pages, rows);
    String[] versions = strings(pages, ItemColumns.SOURCE_VERSION, rows);
    String[] modalities = strings(pages, ItemColumns.MODALITY, rows);
    String[] texts = strings(pages, ItemColumns.TEXT, rows);
    byte[][] images = images(pages, rows);
    String[] labels = strings(pages, ItemColumns.LABEL, rows);
    String[] splits = strings(pages, ItemColumns.SPLIT, rows);
    List<Map<String, String>> attributes = attributes(pages, rows);
    ItemRow[] items = new ItemRow[rows];
    for (int i = 0; i < rows; i++) {
      items[i] =
          new ItemRow(
              ids[i],
              sources[i],
              sizes[i],
              versions[i],
              modalities[i],
              texts[i],
              images[i],
              hashes[i],
              labels[i],
              splits[i],
              attributes.get(i));
    }
    return items;
  }

  private String[] strings(PageReadStore pages, String name, int rows) {
    return names.contains(name) ? file.strings(pages, name) : new String[rows];
  }

  private long[] longs(PageReadStore pages, int rows) {
    long[] values = new long[rows];
    if (names.contains(ItemColumns.SOURCE_SIZE)) {
      ColumnReader column = column(pages, ItemColumns.SOURCE_SIZE);
      for (int i = 0; i < rows; i++) {
        values[i] = column.getLong();
        column.consume();
      }
    }
    return values;
  }

  private byte[][] images(PageReadStore pages, int rows) {
    byte[][] values = new byte[rows][];
    if (names.contains(ItemColumns.IMAGE)) {
      ColumnReader column = column(pages, ItemColumns.IMAGE);
      int present = column.getDescriptor().getMaxDefinitionLevel();
      for (int i = 0; i < rows; i++) {
        if (column.getCurrentDefinitionLevel() == present) {
          values[i] = column.getBinary().getBytes();
        }
        column.consume();
      }
    }
    return values;
  }

  private List<Map<String, String>> attributes(PageReadStore pages, int rows) {
    if (!names.contains(ItemColumns.ATTRIBUTES)) {
      return java.util.Collections.nCopies(rows, Map.of());
    }
    ColumnReader keys = column(pages, ItemColumns.ATTRIBUTES, "key_value", "key");
    ColumnReader values = column(pages, ItemColumns.ATTRIBUTES, "key_value", "value");
    int keyPresent = keys.getDescriptor().getMaxDefinitionLevel();
    int valuePresent = values.getDescriptor().getMaxDefinitionLevel();
    List<Map<String, String>> result = new java.util.ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Map<String, String> row = new HashMap<>();
      do {
        if (keys.getCurrentDefinitionLevel() == keyPresent) {
          row.put(
              keys.getBinary().toStringUsingUTF8(),
              values.getCurrentDefinitionLevel() == valuePresent
                  ? values.getBinary().toStringUsingUTF8()
                  : null);
        }
        keys.consume();
        values.consume();
      } while (keys.getCurrentRepetitionLevel() > 0);
      result.add(row);
    }
    return result;
  }

  private ColumnReader column(PageReadStore pages, String... path) {
    ColumnDescriptor descriptor = file.schema().getColumnDescription(path);
    return file.column(pages, descriptor);
  }

  @Override
  public void close() {
    file.close();
  }
}
