package org.vectormill.schemas;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local disks as Hadoop's file system, without its checksum files, and with permissions that are
 * set in this process: where Hadoop's native library is missing, Hadoop starts a process for each
 * new file, which costs more than a small file's content.
 *
 * <p>A machine that loses power loses what its memory has and its disk has not, in any order: files
 * may come back empty, and names that were written later without those before. So content is
 * brought to the disk before a name counts, and a name by its directory.
 */
class LocalDisk extends RawLocalFileSystem {
  static LocalDisk of(Configuration conf) throws IOException {
    LocalDisk disk = new LocalDisk();
    disk.initialize(disk.getUri(), conf);
    return disk;
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
    if (view == null || permission.getStickyBit()) {
      super.setPermission(path, permission);
      return;
    }
    String rights =
        permission.getUserAction().SYMBOL
            + permission.getGroupAction().SYMBOL
            + permission.getOtherAction().SYMBOL;
    view.setPermissions(PosixFilePermissions.fromString(rights));
  }

  /** A new directory's name stays, as the files in it will. */
  @Override
  protected boolean mkOneDirWithMode(Path path, File directory, FsPermission permission)
      throws IOException {
    boolean made = super.mkOneDirWithMode(path, directory, permission);
    if (made && path.getParent() != null) {
      syncDirectory(path.getParent());
    }
    return made;
  }

  /** Brings the content of a file that is closed to the disk. */
  void sync(Path file) throws IOException {
    force(file, StandardOpenOption.WRITE);
  }

  /** Brings the names in a directory to the disk; systems without POSIX open no directories. */
  void syncDirectory(Path directory) throws IOException {
    if (pathToFile(directory)
        .toPath()
        .getFileSystem()
        .supportedFileAttributeViews()
        .contains("posix")) {
      force(directory, StandardOpenOption.READ);
    }
  }

  private void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(pathToFile(path).toPath(), access)) {
      channel.force(true);
    }
  }

  /** Gives a finished file the name of another, which is gone by then; the name stays. */
  void replace(Path file, Path name) throws IOException {
    Files.move(
        pathToFile(file).toPath(),
        pathToFile(name).toPath(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(name.getParent());
  }

  /**
   * Gives a finished file a second name, which stays.
   *
   * @return false where the name is taken
   */
  boolean link(Path file, Path name) throws IOException {
    try {
      Files.createLink(pathToFile(name).toPath(), pathToFile(file).toPath());
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException("the disk of " + name + " makes no hard links", e);
    }
    syncDirectory(name.getParent());
    return true;
  }
}
