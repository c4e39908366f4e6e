package org.vectormill.jobs.compact;

import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.schemas.ItemColumnSet;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.TableReader;
import org.vectormill.schemas.VectorRows;

/** Copies the current rows of a group of files, bit by bit and in their order. */
record CompactWork(TableKind kind) implements UnitWork<FileGroup> {
  @Override
  public void run(FileGroup group, UnitSink sink) {
    for (OldFile file : group.files()) {
      switch (kind) {
        case ITEMS -> items(file, sink);
        case VECTORS -> vectors(file, sink);
        case CLUSTERS -> clusters(file, sink);
        case CENTROIDS, METRICS ->
            throw new IllegalArgumentException("tables of " + kind.code() + " are not compacted");
        case REJECTS -> throw new IllegalArgumentException("rejects are copied with their table");
      }
    }
  }

  private static void items(OldFile file, UnitSink sink) {
    try (TableReader<ItemRow[]> reader =
        TableFiles.readItems(sink.conf(), file.uri(), ItemColumnSet.ALL)) {
      for (RowGroup group : TableFiles.rowGroups(sink.conf(), file.uri())) {
        ItemRow[] rows = reader.read(group.index());
        for (int i = 0; i < rows.length; i++) {
          if (file.keeps(group.firstRow() + i)) {
            sink.read(rows[i].id());
            sink.item(rows[i]);
          } else {
            sink.skip(rows[i].id());
          }
        }
      }
    }
  }

  private static void vectors(OldFile file, UnitSink sink) {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(sink.conf(), file.uri())) {
      for (RowGroup group : TableFiles.rowGroups(sink.conf(), file.uri())) {
        VectorRows rows = reader.read(group.index());
        VectorRows kept = KeptVectors.of(rows, kept(file, group, rows.ids(), sink));
        if (kept.rows() > 0) {
          sink.vectors(kept);
        }
      }
    }
  }

  private static void clusters(OldFile file, UnitSink sink) {
    try (TableReader<ClusterRows> reader = TableFiles.readClusters(sink.conf(), file.uri())) {
      for (RowGroup group : TableFiles.rowGroups(sink.conf(), file.uri())) {
        ClusterRows rows = reader.read(group.index());
        ClusterRows kept = rows.select(kept(file, group, rows.ids(), sink));
        if (kept.rows() > 0) {
          sink.clusters(kept);
        }
      }
    }
  }

  /** Which rows of a group stay; tells the sink of each. */
  private static boolean[] kept(OldFile file, RowGroup group, String[] ids, UnitSink sink) {
    boolean[] keeps = new boolean[ids.length];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = file.keeps(group.firstRow() + i);
      if (keeps[i]) {
        sink.read(ids[i]);
      } else {
        sink.skip(ids[i]);
      }
    }
    return keeps;
  }
}
