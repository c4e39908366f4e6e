package org.vectormill.jobs.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumnSet;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.RejectRow;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableReader;

/** Writes a unit's staged files again, without rows that must not stay. */
final class SettleWork implements UnitWork<SettledUnit> {
  private static final long serialVersionUID = 1L;

  @Override
  public void run(SettledUnit unit, UnitSink sink) {
    for (DataFile file : unit.files()) {
      items(file, leaving(unit, file), sink);
    }
    for (DataFile file : unit.rejectFiles()) {
      rejects(file, leaving(unit, file), sink);
    }
  }

  private static Map<Long, SettledUnit.Leaving> leaving(SettledUnit unit, DataFile file) {
    String name = Settlement.name(file);
    Map<Long, SettledUnit.Leaving> rows = new HashMap<>();
    for (SettledUnit.Leaving row : unit.leaving()) {
      if (row.file().equals(name)) {
        rows.put(row.row(), row);
      }
    }
    return rows;
  }

  private static void items(DataFile file, Map<Long, SettledUnit.Leaving> leaving, UnitSink sink) {
    List<RowGroup> groups = TableFiles.rowGroups(sink.conf(), file.path());
    try (TableReader<ItemRow[]> reader =
        TableFiles.readItems(sink.conf(), file.path(), ItemColumnSet.ALL)) {
      for (RowGroup group : groups) {
        ItemRow[] rows = reader.read(group.index());
        for (int i = 0; i < rows.length; i++) {
          item(rows[i], leaving.get(group.firstRow() + i), sink);
        }
      }
    }
  }

  private static void item(ItemRow row, SettledUnit.Leaving leaving, UnitSink sink) {
    if (leaving != null && leaving.keeper() == null) {
      sink.skip(row.id());
      return;
    }
    sink.read(row.id());
    if (leaving == null) {
      sink.item(withSortedAttributes(row));
    } else {
      sink.reject(
          row.id(),
          row.source(),
          row.contentHash(),
          RejectReason.REPEATED_ID,
          "the id belongs to an item of " + leaving.keeper());
    }
  }

  /** Attributes in the order that a first writing gives them. */
  private static ItemRow withSortedAttributes(ItemRow row) {
    return new ItemRow(
        row.id(),
        row.source(),
        row.sourceSize(),
        row.sourceVersion(),
        row.modality(),
        row.text(),
        row.image(),
        row.contentHash(),
        row.label(),
        row.split(),
        new TreeMap<>(row.attributes()));
  }

  private static void rejects(
      DataFile file, Map<Long, SettledUnit.Leaving> leaving, UnitSink sink) {
    long number = 0;
    for (RejectRow row : TableFiles.readRejects(sink.conf(), file.path())) {
      if (leaving.containsKey(number++)) {
        sink.skip(row.id());
      } else {
        sink.read(row.id());
        sink.reject(row.id(), row.source(), row.contentHash(), row.reason(), row.message());
      }
    }
  }
}
