package org.vectormill.jobs.ingest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.vectormill.jobs.ingest.read.SourceKind;

/**
 * How many files were found.
 *
 * @param open files to read
 * @param unchanged files that an earlier run took as they are
 * @param hidden files and folders that are left out for their name
 */
record SourceCounts(SourceKinds open, long unchanged, long hidden) {
  /** Adds up groups of hidden, unchanged, kind, files, bytes and first file. */
  static SourceCounts of(List<Row> groups) {
    Map<SourceKind, SourceKinds.OfKind> open = new EnumMap<>(SourceKind.class);
    long unchanged = 0;
    long hidden = 0;
    for (Row group : groups) {
      long files = group.getLong(3);
      if (group.getBoolean(0)) {
        hidden += files;
      } else if (group.getBoolean(1)) {
        unchanged += files;
      } else {
        open.put(
            SourceKind.valueOf(group.getString(2)),
            new SourceKinds.OfKind(files, group.getLong(4), ListedFile.file(group.getStruct(5))));
      }
    }
    return new SourceCounts(new SourceKinds(open), unchanged, hidden);
  }

  /** Files that are not hidden. */
  long visible() {
    return open.files() + unchanged;
  }
}
