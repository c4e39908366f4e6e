package org.vectormill.udfs.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.udfs.ContentHash;

/**
 * Digests that need not be computed again: as long as path, size and modification time of each file
 * are those that were noted, so is the digest.
 */
record DigestNotes(CacheFolder cache) {
  private static final Logger LOG = LoggerFactory.getLogger(DigestNotes.class);

  /** A file may change again within its clock's grain without a new modification time. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** The model's digest, from the notes or computed. */
  String digest(Path folder, Set<String> files) throws IOException {
    String state = state(folder, files);
    String name = "files-" + ContentHash.of(folder.toRealPath() + "\n" + new TreeSet<>(files));
    Path note = cache.note(name);
    if (Files.isRegularFile(note)) {
      String[] noted = Files.readString(note).split("\n", 2);
      if (noted.length == 2 && noted[1].equals(state)) {
        return noted[0];
      }
    }
    String digest = ModelDigest.of(folder, files);
    if (settled(folder, files) && state.equals(state(folder, files))) {
      write(name, digest + "\n" + state);
    }
    return digest;
  }

  /** A cache that can't be written costs time, not correctness. */
  private void write(String name, String text) {
    try {
      cache.writeNote(name, text);
    } catch (IOException e) {
      LOG.warn("the encoder cache {} can't be written: {}", cache.root(), e.getMessage());
    }
  }

  private static String state(Path folder, Set<String> files) throws IOException {
    StringBuilder state = new StringBuilder();
    for (String file : new TreeSet<>(files)) {
      BasicFileAttributes attributes = attributes(folder.resolve(file));
      state.append(attributes.size()).append(' ').append(attributes.lastModifiedTime());
      state.append(' ').append(attributes.fileKey()).append(' ').append(file).append('\n');
    }
    return state.toString();
  }

  private static boolean settled(Path folder, Set<String> files) throws IOException {
    Instant limit = Instant.now().minus(SETTLED);
    for (String file : files) {
      if (attributes(folder.resolve(file)).lastModifiedTime().toInstant().isAfter(limit)) {
        return false;
      }
    }
    return true;
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }
}
