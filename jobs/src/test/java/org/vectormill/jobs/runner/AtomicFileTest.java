package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path dir;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.toList();
    }
  }

  @Test
  void replacesWhatIsThereAndLeavesNothingElse() throws IOException {
    Path file = dir.resolve("result.json");
    AtomicFile.write(file.toString(), new byte[] {1}, new Configuration());
    AtomicFile.write(file.toUri().toString(), new byte[] {2, 3}, new Configuration());
    assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void leavesNothingAsideWhereItFails() throws IOException {
    Path taken = Files.createDirectories(dir.resolve("taken/inside")).getParent();
    assertThrows(
        IOException.class,
        () -> AtomicFile.write(taken.toString(), new byte[] {1}, new Configuration()));
    assertEquals(List.of(taken), files());
  }
}
