package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that src/test/python/make_text_goldens.py made. */
final class TextGoldens {
  static final Path FOLDER = Path.of("src/test/resources/text");

  static Path folder(String name) {
    return FOLDER.resolve(name);
  }

  static JsonNode json(String name) {
    return json(FOLDER.resolve(name));
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).doubleValue();
    }
    return numbers;
  }

  static long[] ids(JsonNode list) {
    long[] ids = new long[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).longValue();
    }
    return ids;
  }

  /** A folder of the shared data sets; the test is skipped where it is missing. */
  static Path shared(String path) {
    Path home = Path.of("").toAbsolutePath().getParent();
    String set = System.getProperty("VECTORMILL_SHARED", System.getenv("VECTORMILL_SHARED"));
    Path folder = (set == null ? home.resolve("../shared") : Path.of(set)).resolve(path);
    assumeTrue(Files.exists(folder), "needs the data " + folder);
    return folder;
  }

  private TextGoldens() {}
}
