package org.vectormill.udfs.pool;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * This host's cache of models: {@code models/DIGEST/} holds a model's files, {@code notes/} what is
 * known of files and URIs. Everything is written aside and moved into place, so that several JVMs
 * may use it at once and a killed one leaves nothing half done.
 */
record CacheFolder(Path root) {
  private static final String SETTING = "VECTORMILL_CACHE";

  /**
   * {@code VECTORMILL_CACHE} (a system property or environment variable), or below the home, and
   * there {@code encoders}.
   */
  static CacheFolder ofHost() {
    String set = System.getProperty(SETTING, System.getenv(SETTING));
    Path home = Path.of(System.getProperty("user.home"), ".cache", "vectormill");
    return new CacheFolder((set == null ? home : Path.of(set)).resolve("encoders"));
  }

  Path model(String digest) {
    return root.resolve("models").resolve(digest);
  }

  Path note(String name) {
    return root.resolve("notes").resolve(name);
  }

  /** A new empty folder on the cache's file system. */
  Path staging() throws IOException {
    Path folder = root.resolve("staging").resolve(UUID.randomUUID().toString());
    Files.createDirectories(folder);
    return folder;
  }

  /** Makes a staged folder the model with this digest; where another JVM was first, its is kept. */
  Path publish(Path staged, String digest) throws IOException {
    Path target = model(digest);
    Files.createDirectories(target.getParent());
    try {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      delete(staged);
    }
    return target;
  }

  /** Replaces a note at once. */
  void writeNote(String name, String text) throws IOException {
    Path target = note(name);
    Files.createDirectories(target.getParent());
    Path aside = Files.createTempFile(target.getParent(), name, ".tmp");
    Files.writeString(aside, text);
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a folder and what is in it; links are deleted, not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
