package org.vectormill.udfs.pool;

import java.nio.file.Path;
import org.vectormill.udfs.encode.EngineKind;

/**
 * A model on this machine's disk.
 *
 * @param digest see {@link ModelDigest}
 */
record LocalModel(Path folder, ModelLayout layout, String digest) {
  /** The network's file; null where {@link EngineKind} runs none. */
  Path network() {
    return layout.network() == null ? null : folder.resolve(layout.network());
  }

  boolean has(String companion) {
    return layout.companions().contains(companion);
  }
}
