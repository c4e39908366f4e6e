package org.vectormill.schemas;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The manifest that commits state, once a wave has replaced all rows of a table by others of
 * another dimension, metric or of other options. It changes with the rows, since the commit makes
 * both so; the manifest's file is a copy for readers that look at no commits.
 */
final class StatedManifest {
  /** What the newest commit that states a manifest says; empty where none does. */
  static Optional<TableManifest> of(List<WaveCommit> commits) {
    for (int i = commits.size() - 1; i >= 0; i--) {
      if (commits.get(i).manifest() != null) {
        return Optional.of(commits.get(i).manifest());
      }
    }
    return Optional.empty();
  }

  /**
   * Brings the manifests' files to what the commits say: not to what one commit says, since a run
   * that was ended may be finished after later ones.
   *
   * @param commit one that is there
   */
  static void copy(TableDirectory table, WaveCommit commit) throws IOException {
    if (commit.manifest() == null || isAt(table, commit.manifest())) {
      return;
    }
    Optional<TableManifest> newest = of(table.commits());
    if (newest.isEmpty()) {
      // A writer that knows nothing of stated manifests has compacted since, by the file.
      return;
    }
    Path rejects = new Path(new Path(table.root(), Table.REJECTS), TableManifest.FILE_NAME);
    ReplacedFile.write(table.fs(), rejects, Json.write(newest.get().ofRejects()));
    // The table's own comes last: where it is right, both are.
    ReplacedFile.write(table.fs(), table.manifest(), Json.write(newest.get()));
  }

  private static boolean isAt(TableDirectory table, TableManifest manifest) {
    return Json.write(manifest).equals(table.readOrNull(table.manifest()));
  }

  private StatedManifest() {}
}
