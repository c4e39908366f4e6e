package org.vectormill.jobs.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;

/** Small files that appear whole: written aside and moved over, or put at once in a store. */
public final class AtomicFile {
  private static final Set<String> WITH_RENAME = Set.of("hdfs", "viewfs");

  /** Puts small {@code content} at {@code uri}, in place of what stands there. */
  public static void write(String uri, byte[] content, Configuration conf) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    URI parsed = path.toUri();
    String scheme =
        parsed.getScheme() == null
            ? FileSystem.getDefaultUri(conf).getScheme()
            : parsed.getScheme();
    if (scheme.equals("file")) {
      writeLocal(Path.of(parsed.getPath()), content);
    } else if (WITH_RENAME.contains(scheme)) {
      writeAndRename(FileContext.getFileContext(parsed, conf), path, content);
    } else {
      // An object store shows a put when it is complete, and not before.
      try (OutputStream out = path.getFileSystem(conf).create(path, true)) {
        out.write(content);
      }
    }
  }

  private static void writeLocal(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path aside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(aside, content);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void writeAndRename(
      FileContext files, org.apache.hadoop.fs.Path target, byte[] content) throws IOException {
    org.apache.hadoop.fs.Path aside =
        new org.apache.hadoop.fs.Path(
            target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    try (OutputStream out =
        files.create(aside, EnumSet.of(CreateFlag.CREATE), CreateOpts.createParent())) {
      out.write(content);
    }
    files.rename(aside, target, Rename.OVERWRITE);
  }

  private AtomicFile() {}
}
