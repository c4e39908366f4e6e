package org.vectormill.udfs.pool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.VectormillException;

/**
 * A folder, a network's file, or an archive on any Hadoop file system. Of a folder, the files on
 * top and those one folder down are taken; beside a file, the companions that are known by name and
 * the files whose names begin with its own, which may hold its tensors.
 */
record HadoopSource(ModelUri uri, Configuration conf) implements ModelSource {
  private static final int MOST_FILES = 1_000;

  @Override
  public String version() throws IOException {
    StringBuilder version = new StringBuilder();
    for (FileStatus file : files()) {
      version.append(file.getLen()).append(' ').append(file.getModificationTime());
      version.append(' ').append(file.getPath()).append('\n');
    }
    return version.toString();
  }

  @Override
  public void fetch(java.nio.file.Path folder) throws IOException {
    FetchLimit limit = new FetchLimit(uri.shown());
    FileStatus root = root();
    for (FileStatus file : files()) {
      String name = name(root, file);
      java.nio.file.Path target = folder.resolve(name);
      Files.createDirectories(target.getParent());
      try (InputStream in = fileSystem().open(file.getPath())) {
        limit.copy(in, target, file.getLen());
      }
      if (Archives.isArchive(name)) {
        Archives.unpack(target, folder, limit);
      }
    }
  }

  private FileSystem fileSystem() throws IOException {
    return path().getFileSystem(conf);
  }

  private Path path() {
    return new Path(uri.location());
  }

  private FileStatus root() throws IOException {
    try {
      return fileSystem().getFileStatus(path());
    } catch (FileNotFoundException e) {
      throw new IOException("there is no such file or folder", e);
    }
  }

  private List<FileStatus> files() throws IOException {
    FileStatus root = root();
    List<FileStatus> files = new ArrayList<>();
    if (root.isDirectory()) {
      folder(root.getPath(), 2, files);
    } else {
      around(root, files);
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return files;
  }

  private void folder(Path path, int depth, List<FileStatus> files) throws IOException {
    for (FileStatus entry : fileSystem().listStatus(path)) {
      if (entry.isFile()) {
        files.add(entry);
      } else if (depth > 1) {
        folder(entry.getPath(), depth - 1, files);
      }
      if (files.size() > MOST_FILES) {
        throw VectormillException.usage(
            "encoder "
                + uri.shown()
                + " holds more than "
                + MOST_FILES
                + " files; name a folder"
                + " that holds the model alone");
      }
    }
  }

  private void around(FileStatus root, List<FileStatus> files) throws IOException {
    String name = root.getPath().getName();
    files.add(root);
    if (Archives.isArchive(name)) {
      return;
    }
    for (FileStatus entry : fileSystem().listStatus(root.getPath().getParent())) {
      String other = entry.getPath().getName();
      boolean data = other.startsWith(name) && !other.equals(name);
      if (entry.isFile() && (data || ModelLayout.KNOWN.contains(other))) {
        files.add(entry);
      }
    }
  }

  private static String name(FileStatus root, FileStatus file) {
    Path base = root.isDirectory() ? root.getPath() : root.getPath().getParent();
    return base.toUri().relativize(file.getPath().toUri()).getPath().replaceFirst("^/+", "");
  }
}
