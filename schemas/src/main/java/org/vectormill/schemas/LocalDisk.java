package org.vectormill.schemas;

import java.io.IOException;
import java.nio.file.Files;
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
 */
final class LocalDisk extends RawLocalFileSystem {
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
}
