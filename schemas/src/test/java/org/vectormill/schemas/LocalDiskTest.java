package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  @TempDir private Path folder;

  @Test
  void newFilesAndFoldersFollowTheUmaskOfTheConfiguration() throws IOException {
    Configuration conf = new Configuration(false);
    conf.set("fs.permissions.umask-mode", "027");
    LocalDisk disk = LocalDisk.of(conf);
    disk.create(hadoop("made/file"), false).close();
    assertEquals("rw-r-----", rights("made/file"));
    assertEquals("rwxr-x---", rights("made"));
  }

  @Test
  void setsEachOfNineRights() throws IOException {
    LocalDisk disk = LocalDisk.of(new Configuration(false));
    Files.createFile(folder.resolve("file"));
    for (int mode = 0; mode < 01000; mode += 7) {
      disk.setPermission(hadoop("file"), new FsPermission((short) mode));
      assertEquals(new FsPermission((short) mode).toString(), rights("file"));
    }
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
