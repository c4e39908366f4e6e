package org.vectormill.udfs.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks {@code .zip}, {@code .tar}, {@code .tar.gz} and {@code .tgz} files. */
final class Archives {
  private static final int MOST_ENTRIES = 10_000;

  static boolean isArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".zip")
        || lower.endsWith(".tar")
        || lower.endsWith(".tar.gz")
        || lower.endsWith(".tgz");
  }

  /**
   * Unpacks plain files into a folder and deletes the archive. Links and devices are passed over.
   *
   * @throws IOException for an entry that would leave the folder, too many, or too large ones
   */
  static void unpack(Path archive, Path folder, FetchLimit limit) throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        ArchiveInputStream<? extends ArchiveEntry> entries = open(archive, in)) {
      int count = 0;
      for (ArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        if (++count > MOST_ENTRIES) {
          throw new IOException(
              archive.getFileName() + " holds more than " + MOST_ENTRIES + " entries");
        }
        write(entry, entries, folder, archive, limit);
      }
    }
    Files.deleteIfExists(archive);
  }

  private static void write(
      ArchiveEntry entry, InputStream in, Path folder, Path archive, FetchLimit limit)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder) || entry.getName().contains("\\")) {
      throw new IOException(
          archive.getFileName() + " has an entry outside of itself: " + entry.getName());
    }
    if (entry.isDirectory() || !isPlain(entry) || target.equals(archive)) {
      return;
    }
    Files.createDirectories(target.getParent());
    limit.copy(in, target, entry instanceof TarArchiveEntry ? entry.getSize() : -1);
  }

  /** Asked of the entry's own flag: a symbolic link counts as a file otherwise. */
  private static boolean isPlain(ArchiveEntry entry) {
    if (entry instanceof TarArchiveEntry tar) {
      byte flag = tar.getLinkFlag();
      return flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM;
    }
    return true;
  }

  private static ArchiveInputStream<? extends ArchiveEntry> open(Path archive, InputStream in)
      throws IOException {
    String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      return new ZipArchiveInputStream(in);
    }
    return new TarArchiveInputStream(
        name.endsWith(".tar") ? in : new GzipCompressorInputStream(in));
  }

  private Archives() {}
}
