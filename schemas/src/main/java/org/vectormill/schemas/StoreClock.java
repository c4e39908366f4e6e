package org.vectormill.schemas;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/** The time as a store tells it: ages of its files are compared with nothing else. */
final class StoreClock {
  /** Now, from the modification time of a file that is made for it and removed. */
  static Instant now(TableDirectory table) {
    Path probe = table.internal(".clock." + UUID.randomUUID());
    try {
      table.fs().create(probe, false).close();
      try {
        return Instant.ofEpochMilli(table.fs().getFileStatus(probe).getModificationTime());
      } finally {
        table.fs().delete(probe, false);
      }
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "file " + probe + " can't be written: " + e.getMessage(), e);
    }
  }

  private StoreClock() {}
}
