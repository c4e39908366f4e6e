package org.vectormill.schemas;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * One run's staged files. Tasks write at unique names below {@link #directory()}; {@link #publish}
 * moves the listed ones into {@code wave=NNNNN} and decides by the exclusive creation of the commit
 * file. Files that no task result lists (of failed or speculative attempts) are dropped.
 */
public final class Staging {
  private final TableDirectory table;
  private final String runId;
  private final Path directory;

  private Staging(TableDirectory table, String runId, Path directory) {
    this.table = table;
    this.runId = runId;
    this.directory = directory;
  }

  static Staging open(TableDirectory table, String runId) {
    Path directory = table.internal("staging/" + runId);
    try {
      table.fs().mkdirs(directory);
    } catch (IOException e) {
      throw failed("staging directory " + directory + " can't be made", e);
    }
    return new Staging(table, runId, directory);
  }

  /** URI of the staging directory, for tasks. */
  public String directory() {
    return directory.toString();
  }

  /** A new unique file URI below {@code directory}; safe in any task attempt. */
  public static String newFile(String directory, String prefix) {
    return directory + "/" + prefix + "-" + UUID.randomUUID() + ".parquet";
  }

  /**
   * Publishes the staged files as the next wave and removes the staging directory.
   *
   * @throws VectormillException ({@link Fault#RETRY}) where another run published that wave first;
   *     the table is unchanged
   */
  public WaveCommit publish(
      List<DataFile> files,
      List<DataFile> rejectFiles,
      List<DataFile> replaced,
      List<DataFile> processed,
      List<String> inputWaves) {
    List<WaveCommit> before = table.commits();
    int number = before.isEmpty() ? 1 : before.get(before.size() - 1).wave() + 1;
    String wave = TableDirectory.waveName(number);
    List<Path> moved = new ArrayList<>();
    boolean published = false;
    try {
      WaveCommit commit =
          new WaveCommit(
              number,
              runId,
              Instant.now().toString(),
              move(files, wave, moved),
              move(rejectFiles, Table.REJECTS + "/" + wave, moved),
              move(replaced, "_vectormill/replaced", moved),
              move(processed, "_vectormill/processed", moved),
              inputWaves);
      published = ExclusiveFile.create(table.fs(), table.commit(number), Json.write(commit));
      if (!published) {
        throw new VectormillException(
            Fault.RETRY,
            "table "
                + table.root()
                + ": another run published wave "
                + number
                + " first; run the same command again");
      }
      return commit;
    } catch (IOException e) {
      throw failed("wave " + number + " of table " + table.root() + " can't be published", e);
    } finally {
      if (!published) {
        delete(moved);
      }
      discard();
    }
  }

  /** Removes the staging directory; nothing is published. */
  public void discard() {
    delete(List.of(directory));
  }

  private List<DataFile> move(List<DataFile> files, String below, List<Path> moved)
      throws IOException {
    List<DataFile> placed = new ArrayList<>();
    for (DataFile file : files) {
      Path from = new Path(file.path());
      Path to = new Path(new Path(table.root(), below), from.getName());
      table.fs().mkdirs(to.getParent());
      if (!table.fs().rename(from, to)) {
        throw new IOException("file " + from + " can't be moved to " + to);
      }
      moved.add(to);
      placed.add(new DataFile(below + "/" + from.getName(), file.rows(), file.bytes(), file.ids()));
    }
    return placed;
  }

  private void delete(List<Path> paths) {
    for (Path path : paths) {
      try {
        table.fs().delete(path, true);
      } catch (IOException e) {
        throw failed("file " + path + " can't be removed", e);
      }
    }
  }

  private static VectormillException failed(String what, IOException cause) {
    return new VectormillException(Fault.RETRY, what + ": " + cause.getMessage(), cause);
  }
}
