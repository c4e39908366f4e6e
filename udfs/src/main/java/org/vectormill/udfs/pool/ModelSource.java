package org.vectormill.udfs.pool;

import java.io.IOException;
import java.nio.file.Path;

/** Where a model's files come from when they are not on this machine's own disk. */
interface ModelSource {
  /**
   * A text that changes whenever the model may have changed (sizes and times, entity tags); null
   * where the source says nothing of the kind.
   */
  String version() throws IOException;

  /** Writes the model's files into an empty folder. */
  void fetch(Path folder) throws IOException;
}
