package org.vectormill.udfs.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for files that are needed while something loads. */
record ScratchFolder(Path path) implements AutoCloseable {
  static ScratchFolder make(String name) throws IOException {
    return new ScratchFolder(Files.createTempDirectory("vectormill-" + name + "-"));
  }

  /** Deletes the folder; links are deleted, not followed. */
  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
