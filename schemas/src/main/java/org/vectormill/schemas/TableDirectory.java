package org.vectormill.schemas;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where a table's parts lie, and how its small files are read. */
final class TableDirectory {
  private static final int COMMITS_AT_ONCE = 256;

  private final Configuration conf;
  private final FileSystem fs;
  private final Path root;

  TableDirectory(Configuration conf, String uri) {
    this.conf = conf;
    try {
      Path path = new Path(uri);
      this.fs = TableStore.of(path, conf);
      this.root = fs.makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new VectormillException(
          Fault.INPUT, "table " + uri + " can't be reached: " + e.getMessage(), e);
    }
  }

  Configuration conf() {
    return conf;
  }

  FileSystem fs() {
    return fs;
  }

  Path root() {
    return root;
  }

  Path manifest() {
    return new Path(root, TableManifest.FILE_NAME);
  }

  Path internal(String name) {
    return new Path(root, "_vectormill/" + name);
  }

  Path commit(int wave) {
    return internal("commits/" + commitName(wave));
  }

  private static String commitName(int wave) {
    return String.format("%05d.json", wave);
  }

  static String waveName(int wave) {
    return String.format("wave=%05d", wave);
  }

  /** Absolute URI of a path that is relative to the table. */
  String absolute(String relative) {
    return new Path(root, relative).toString();
  }

  /** The path of a file of the table relative to it, as commits have it. */
  String relative(Path file) {
    return root.toUri().relativize(file.toUri()).getPath();
  }

  /** Content of a small file, or null where there is none. */
  String readOrNull(Path file) {
    try (InputStream in = fs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Whether files are staged apart and moved to their place without copying. */
  boolean renames() {
    return CommitStore.of(fs).renames();
  }

  /** One wave's commit, null where there is none. */
  WaveCommit readCommit(int wave) {
    String json = readOrNull(commit(wave));
    return json == null ? null : parse(json, commit(wave));
  }

  /** The commit that a file holds. */
  static WaveCommit parse(String json, Path file) {
    WaveCommit commit = Json.read(json, WaveCommit.class, "commit " + file);
    String problem = commit.problem();
    if (problem == null && !file.getName().equals(commitName(commit.wave()))) {
      problem = "it is of wave " + commit.wave();
    }
    if (problem != null) {
      throw VectormillException.input(
          "commit " + file + " is not what Vectormill writes: " + problem);
    }
    commit
        .unknownRequirement()
        .ifPresent(
            what -> {
              throw VectormillException.input(
                  "commit "
                      + file
                      + " requires "
                      + what
                      + ", which this Vectormill doesn't know; use a newer one");
            });
    return commit;
  }

  /** Waves that are read, in order: from the last compaction on. */
  List<WaveCommit> commits() {
    List<FileStatus> files = commitFiles();
    List<WaveCommit> commits = new ArrayList<>();
    for (int end = files.size(); end > 0; end -= COMMITS_AT_ONCE) {
      int from = Math.max(0, end - COMMITS_AT_ONCE);
      List<WaveCommit> some = new CommitFiles(fs).read(files.subList(from, end));
      int first = lastCompaction(some);
      commits.addAll(0, some.subList(Math.max(0, first), some.size()));
      if (first >= 0) {
        break;
      }
    }
    return List.copyOf(commits);
  }

  private static int lastCompaction(List<WaveCommit> commits) {
    for (int i = commits.size() - 1; i >= 0; i--) {
      if (commits.get(i).isCompaction()) {
        return i;
      }
    }
    return -1;
  }

  /** Every wave that was committed, in order, those that a compaction stands for included. */
  List<WaveCommit> history() {
    return new CommitFiles(fs).read(commitFiles());
  }

  private List<FileStatus> commitFiles() {
    return list(internal("commits")).stream()
        .filter(file -> file.getPath().getName().matches("\\d{5,9}\\.json"))
        .sorted(Comparator.comparingInt(TableDirectory::waveOf))
        .toList();
  }

  private static int waveOf(FileStatus commit) {
    return Integer.parseInt(commit.getPath().getName().replace(".json", ""));
  }

  /** Whether the directory holds anything at all. */
  boolean occupied() {
    return !list(root).isEmpty();
  }

  /**
   * Whether the directory holds something that is not the beginning of a table: its creation is
   * several files, and another run may be in the middle of it, or have been ended there.
   */
  boolean occupiedByOthers() {
    return list(root).stream()
        .map(file -> file.getPath().getName())
        .anyMatch(
            name ->
                !name.equals(Table.REJECTS)
                    && !name.equals(TableManifest.FILE_NAME)
                    && !name.startsWith("." + TableManifest.FILE_NAME + "."));
  }

  /** Files at any depth below a directory. */
  List<FileStatus> listDeep(Path directory) {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus status : list(directory)) {
      if (status.isDirectory()) {
        files.addAll(listDeep(status.getPath()));
      } else {
        files.add(status);
      }
    }
    return files;
  }

  /** What is in a directory; empty where there is none. */
  List<FileStatus> list(Path directory) {
    try {
      return List.of(fs.listStatus(directory));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "directory " + directory + " can't be listed: " + e.getMessage(), e);
    }
  }
}
