package org.vectormill.jobs.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Writes the corpus's files below one directory. */
final class SampleFiles {
  private final Path directory;
  private int files;
  private int unchanged;

  SampleFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes one file, unless it holds these bytes already: a new modification time would make a
   * later {@code ingest} take it for a new version.
   */
  void write(String name, byte[] content) {
    Path file = directory.resolve(name);
    files++;
    try {
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        unchanged++;
        return;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.USAGE, "--output " + directory + ": " + file + " can't be written: " + e, e);
    }
  }

  String summary() {
    return "%d files in %s%s"
        .formatted(
            files, directory, unchanged == 0 ? "" : ", %d of them unchanged".formatted(unchanged));
  }
}
