package org.vectormill.schemas;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Creates a file only where none is, whole or not at all. Of several writers one wins, which is
 * what a commit rests on: a hard link on local disks, a rename without overwriting on HDFS, and
 * {@code create} without overwriting elsewhere.
 */
final class ExclusiveFile {
  /** True where this call made the file; false where it was there. */
  static boolean create(FileSystem fs, Path target, String content) throws IOException {
    fs.mkdirs(target.getParent());
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String scheme = fs.getUri().getScheme();
    if (!scheme.equals("file") && !scheme.equals("hdfs")) {
      return createDirectly(fs, target, bytes);
    }
    Path temporary = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    try (OutputStream out = fs.create(temporary, false)) {
      out.write(bytes);
    }
    try {
      return scheme.equals("file") ? link(temporary, target) : rename(fs, temporary, target);
    } finally {
      fs.delete(temporary, false);
    }
  }

  private static boolean createDirectly(FileSystem fs, Path target, byte[] bytes)
      throws IOException {
    try (OutputStream out = fs.create(target, false)) {
      out.write(bytes);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean link(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(local(target), local(temporary));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean rename(FileSystem fs, Path temporary, Path target) throws IOException {
    try {
      FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(temporary, target);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(URI.create(path.toUri().toString()).getPath());
  }

  private ExclusiveFile() {}
}
