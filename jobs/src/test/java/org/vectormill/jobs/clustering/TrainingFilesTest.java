package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.VectormillException;

class TrainingFilesTest {
  @TempDir Path dir;

  private TrainingFiles files;

  @BeforeEach
  void open() {
    String units = dir.resolve("units").toUri().toString();
    files = new TrainingFiles(new Configuration(), new StagingPlaces(units, units, units, units));
  }

  private void keep(String name, String content) {
    files.keep(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands in the last checkpoint that isn't another build's. */
  private Optional<String> last() {
    return files.last(
        (bytes, name) -> {
          String content = new String(bytes, StandardCharsets.UTF_8);
          if (content.startsWith("other")) {
            throw VectormillException.input(name + ": of another build");
          }
          return content;
        });
  }

  @Test
  void twoAreKeptAndTheLastThatCanBeReadCounts() {
    assertEquals(Optional.empty(), last());
    for (int part = 1; part <= 3; part++) {
      keep("000000" + part + "a", "part " + part);
    }
    assertEquals(Optional.of("part 3"), last());
    keep("0000004a", "other");
    assertEquals(Optional.of("part 3"), last());
  }

  @Test
  void thoseOfAnotherBuildGiveWayToNewOnes() throws Exception {
    keep("0000049a", "other");
    keep("0000050a", "other");
    Path note = Path.of(java.net.URI.create(files.notes()).getPath(), "0000050", "00000-x.note");
    Files.createDirectories(note.getParent());
    Files.write(note, new byte[] {1});
    assertEquals(Optional.empty(), last());
    assertFalse(Files.exists(note));
    keep("0000001a", "part 1");
    assertEquals(Optional.of("part 1"), last());
    assertTrue(Files.exists(dir.resolve("training/0000001a.safetensors")));
  }
}
