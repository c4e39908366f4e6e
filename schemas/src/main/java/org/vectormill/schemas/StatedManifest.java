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
   * that was ended may be finished after later ones. Where a later wave is committed meanwhile,
   * what was written may be older than what its writer wrote, so the commits are read again.
   */
  private static void copy(TableDirectory table) throws IOException {
    Optional<TableManifest> newest = of(table.commits());
    while (newest.isPresent() && !isThere(table, newest.get())) {
      ReplacedFile.write(table.fs(), rejects(table), Json.write(newest.get().ofRejects()));
      ReplacedFile.write(table.fs(), table.manifest(), Json.write(newest.get()));
      Optional<TableManifest> now = of(table.commits());
      if (now.equals(newest)) {
        return;
      }
      newest = now;
    }
  }

  /**
   * The same, where the wave that changed it is committed already.
   *
   * @throws VectormillException ({@link Fault#RETRY}) where a file can't be written
   */
  static void settle(TableDirectory table) {
    try {
      copy(table);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY,
          "table %s: its newest wave is published, but %s can't be brought up to it: %s; run the same command again"
              .formatted(table.root(), TableManifest.FILE_NAME, e.getMessage()),
          e);
    }
  }

  private static Path rejects(TableDirectory table) {
    return new Path(new Path(table.root(), Table.REJECTS), TableManifest.FILE_NAME);
  }

  private static boolean isThere(TableDirectory table, TableManifest manifest) {
    return Json.write(manifest).equals(table.readOrNull(table.manifest()))
        && Json.write(manifest.ofRejects()).equals(table.readOrNull(rejects(table)));
  }

  private StatedManifest() {}
}
