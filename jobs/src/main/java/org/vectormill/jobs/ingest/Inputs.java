package org.vectormill.jobs.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Finds out what each {@code --input} names: a directory, a file or a glob. */
final class Inputs {
  private static final String GLOB_CHARACTERS = ".*[*?\\[{].*";

  private final Configuration conf;

  Inputs(Configuration conf) {
    this.conf = conf;
  }

  /**
   * What has to be listed; only directories of globs are looked up here, no files.
   *
   * @throws VectormillException ({@code INPUT}) where an input names nothing
   */
  List<InputTask> resolve(List<String> inputs) {
    List<InputTask> tasks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      try {
        tasks.addAll(resolve(i, inputs.get(i)));
      } catch (IOException e) {
        throw new VectormillException(
            Fault.INPUT, "--input " + inputs.get(i) + " can't be reached: " + e.getMessage(), e);
      } catch (IllegalArgumentException e) {
        throw new VectormillException(
            Fault.USAGE, "--input " + inputs.get(i) + " is no path or URI: " + e.getMessage(), e);
      }
    }
    return tasks;
  }

  private List<InputTask> resolve(int input, String given) throws IOException {
    Path path = new Path(given);
    FileSystem fs = path.getFileSystem(conf);
    FileStatus status = statusOrNull(fs, path);
    if (status != null && status.isDirectory()) {
      String root = status.getPath().toString();
      return List.of(new InputTask(input, root, root, null, true));
    }
    if (status != null) {
      String root = status.getPath().getParent().toString();
      return List.of(new InputTask(input, root, status.getPath().toString(), null, false));
    }
    List<InputTask> tasks = given.matches(GLOB_CHARACTERS) ? glob(input, fs, path) : List.of();
    if (tasks.isEmpty()) {
      throw nothing(given);
    }
    return tasks;
  }

  /** The failure of an input that has no file. */
  static VectormillException nothing(String given) {
    return VectormillException.input(
        "--input " + given + ": no file is there; correct the path or the glob");
  }

  private static FileStatus statusOrNull(FileSystem fs, Path path) throws IOException {
    try {
      return fs.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private static List<InputTask> glob(int input, FileSystem fs, Path pattern) throws IOException {
    Path root = pattern.getParent();
    while (root != null && root.toUri().getPath().matches(GLOB_CHARACTERS)) {
      root = root.getParent();
    }
    String names = pattern.getName();
    if (root == null
        || names.chars().filter(c -> c == '{').count()
            != names.chars().filter(c -> c == '}').count()) {
      throw VectormillException.usage(
          "--input " + pattern + ": braces of a glob must not hold a /; give several --input");
    }
    String base = fs.makeQualified(root).toString();
    List<InputTask> tasks = new ArrayList<>();
    FileStatus[] directories = fs.globStatus(pattern.getParent());
    for (FileStatus directory : directories == null ? new FileStatus[0] : directories) {
      if (directory.isDirectory()) {
        tasks.add(new InputTask(input, base, directory.getPath().toString(), names, true));
      }
    }
    return tasks;
  }
}
