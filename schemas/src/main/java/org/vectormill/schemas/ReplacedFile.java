package org.vectormill.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Puts a small file in the place of another at once. Stores whose rename removes the target first
 * are left alone: a reader in between, or a writer that ends there, would find nothing.
 */
final class ReplacedFile {
  private static final Set<String> RENAMED_AT_ONCE = Set.of("hdfs", "viewfs");

  static void write(FileSystem fs, Path target, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    switch (CommitStore.of(fs).creation()) {
      case LINK -> {
        LocalDisk disk = fs instanceof LocalDisk local ? local : LocalDisk.of(fs.getConf());
        aside(disk, target, bytes, disk::replace);
      }
      case RENAME -> {
        if (RENAMED_AT_ONCE.contains(fs.getUri().getScheme())) {
          aside(fs, target, bytes, (temporary, file) -> rename(fs, temporary, file));
        }
      }
      case CONDITIONAL_PUT -> put(fs, target, bytes);
      case CREATE -> {
        // Vouched for to create a file where none is, not to replace one at once.
      }
    }
  }

  /** An object store shows a put when it is complete, and not before. */
  private static void put(FileSystem fs, Path target, byte[] bytes) throws IOException {
    FSDataOutputStream out = fs.create(target, true);
    try {
      out.write(bytes);
    } catch (IOException e) {
      // Closing would put what was written up to now.
      out.abort();
      throw e;
    }
    out.close();
  }

  private interface Placing {
    void place(Path temporary, Path target) throws IOException;
  }

  private static void aside(FileSystem fs, Path target, byte[] bytes, Placing placing)
      throws IOException {
    Path temporary = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    try {
      try (FSDataOutputStream out = fs.create(temporary, false)) {
        out.write(bytes);
        // Under its name the file counts, so by then its content has to outlast a loss of power.
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
      }
      placing.place(temporary, target);
    } finally {
      fs.delete(temporary, false);
    }
  }

  private static void rename(FileSystem fs, Path temporary, Path target) throws IOException {
    FileContext.getFileContext(fs.getUri(), fs.getConf())
        .rename(temporary, target, Options.Rename.OVERWRITE);
  }

  private ReplacedFile() {}
}
