package org.vectormill.jobs.embed;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ItemColumnSet;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableReader;
import org.vectormill.udfs.encode.Modality;

/** Reads the items of a work unit. */
final class ItemSlices {
  /** The slice's chosen rows of one modality; the ids of the others are counted as skipped. */
  static List<ItemRow> read(RowSlice slice, Modality modality, UnitSink sink) {
    List<ItemRow> items = new ArrayList<>(slice.rows());
    ItemRow[] group = rowGroup(sink.conf(), slice, columns(modality));
    for (int i = 0; i < slice.rows(); i++) {
      ItemRow item = group[slice.first() + i];
      if (!slice.takes(i)) {
        continue;
      }
      if (item.modality().equals(modality.code())) {
        sink.read(item.id());
        items.add(item);
      } else {
        sink.skip(item.id());
      }
    }
    return items;
  }

  private static ItemRow[] rowGroup(Configuration conf, RowSlice slice, ItemColumnSet columns) {
    try (TableReader<ItemRow[]> reader = TableFiles.readItems(conf, slice.fileUri(), columns)) {
      return reader.read(slice.rowGroup());
    }
  }

  private static ItemColumnSet columns(Modality modality) {
    return switch (modality) {
      case TEXT -> ItemColumnSet.TEXT;
      case IMAGE -> ItemColumnSet.IMAGE;
    };
  }

  private ItemSlices() {}
}
