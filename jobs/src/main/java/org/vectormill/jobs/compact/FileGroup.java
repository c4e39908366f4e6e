package org.vectormill.jobs.compact;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vectormill.jobs.wave.FileRows;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.DataFile;

/**
 * Files that become one: a work unit of {@code compact}.
 *
 * @param first index of the first file in the plan
 * @param files neighbours in the order of waves
 */
record FileGroup(int first, List<OldFile> files) implements Serializable {

  /**
   * Neighbouring files put together until they have {@code bytes}; a larger file stays alone.
   *
   * @return groups in the order of files
   */
  static List<FileGroup> pack(List<DataFile> files, long bytes) {
    List<FileGroup> groups = new ArrayList<>();
    List<OldFile> group = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < files.size(); i++) {
      DataFile file = files.get(i);
      if (!group.isEmpty() && sum + file.bytes() > bytes) {
        groups.add(new FileGroup(i - group.size(), List.copyOf(group)));
        group.clear();
        sum = 0;
      }
      group.add(new OldFile(file.path(), null));
      sum += file.bytes();
    }
    if (!group.isEmpty()) {
      groups.add(new FileGroup(files.size() - group.size(), List.copyOf(group)));
    }
    return groups;
  }

  /** This group with the hidden rows of its files, by index in the plan. */
  FileGroup hiding(Map<Integer, FileRows> hidden) {
    List<OldFile> all = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      FileRows rows = hidden.get(first + i);
      all.add(rows == null ? files.get(i) : new OldFile(files.get(i).uri(), rows.bits()));
    }
    return new FileGroup(first, all);
  }

  WorkUnit<FileGroup> unit() {
    return WorkUnit.of(String.format("%08d", first), this, files);
  }
}
