package org.vectormill.jobs.compact;

import java.time.Duration;
import java.util.List;
import org.vectormill.schemas.Leftover;
import org.vectormill.schemas.Leftovers;
import org.vectormill.schemas.Table;

/** Files of waves that a compaction stands for. */
final class Superseded {
  /** What was removed. */
  record Removed(long files, long bytes) {}

  /** Removes them where their retention time is over. */
  static Removed remove(Table table) {
    if (table.waves().stream().noneMatch(wave -> wave.isCompaction())) {
      return new Removed(0, 0);
    }
    Leftovers leftovers = Leftovers.of(table, Duration.ofDays(1));
    List<Leftover> old = leftovers.superseded();
    old.forEach(leftovers::remove);
    return new Removed(old.size(), old.stream().mapToLong(Leftover::bytes).sum());
  }

  private Superseded() {}
}
