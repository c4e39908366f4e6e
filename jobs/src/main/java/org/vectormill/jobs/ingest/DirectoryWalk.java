package org.vectormill.jobs.ingest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * The files of one {@link InputTask}, listed as they are asked for. Hidden files and directories
 * (names that begin with a dot or an underscore) come out as {@link ListedFile#hidden}, the latter
 * unopened; the output table, where it lies inside the input, does not come out at all.
 */
final class DirectoryWalk implements Iterator<ListedFile> {
  private static final int MOST_LEVELS = 200;

  private final InputTask task;
  private final FileSystem fs;
  private final SourceFormat format;
  private final String excluded;
  private final Deque<Level> levels = new ArrayDeque<>();
  private ListedFile next;

  /** Files of a directory that are not listed yet. */
  private record Level(RemoteIterator<FileStatus> files, PathFilter filter) {}

  /**
   * @param excluded URI of a directory that is passed over
   */
  DirectoryWalk(Configuration conf, InputTask task, SourceFormat format, String excluded) {
    this.task = task;
    this.format = format;
    this.excluded = excluded;
    try {
      Path at = new Path(task.at());
      this.fs = at.getFileSystem(conf);
      FileStatus status = fs.getFileStatus(at);
      if (status.isDirectory()) {
        enter(at, task.namePattern() == null ? path -> true : new GlobFilter(task.namePattern()));
      } else {
        next = listed(status, false);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void enter(Path directory, PathFilter filter) throws IOException {
    if (levels.size() == MOST_LEVELS) {
      throw VectormillException.input(
          directory
              + ": directories are nested deeper than "
              + MOST_LEVELS
              + " levels; look for a link that leads back");
    }
    levels.push(new Level(fs.listStatusIterator(directory), filter));
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && !levels.isEmpty()) {
        advance();
      }
      return next != null;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void advance() throws IOException {
    Level level = levels.peek();
    if (!level.files().hasNext()) {
      levels.pop();
      return;
    }
    FileStatus status = level.files().next();
    if (!level.filter().accept(status.getPath()) || status.getPath().toString().equals(excluded)) {
      return;
    }
    boolean hidden = isHidden(status.getPath());
    if (status.isDirectory() && !hidden) {
      if (task.recursive()) {
        enter(status.getPath(), path -> true);
      }
    } else {
      next = listed(status, hidden);
    }
  }

  static boolean isHidden(Path path) {
    return path.getName().startsWith(".") || path.getName().startsWith("_");
  }

  private ListedFile listed(FileStatus status, boolean hidden) {
    String root = new Path(task.root()).toUri().getPath();
    String path = status.getPath().toUri().getPath();
    String relative = path.substring(root.endsWith("/") ? root.length() : root.length() + 1);
    return ListedFile.of(task.input(), status, relative, format, hidden);
  }

  @Override
  public ListedFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ListedFile file = next;
    next = null;
    return file;
  }

  private VectormillException failed(IOException e) {
    return new VectormillException(
        Fault.RETRY, "input " + task.at() + " can't be listed: " + e.getMessage(), e);
  }
}
