package org.vectormill.jobs.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.Main;

class SampleMainTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();

  private int sample(Path output, String... more) {
    List<String> args =
        Stream.concat(Stream.of("sample", "--output", output.toString()), Stream.of(more)).toList();
    return Main.run(new PrintWriter(out), new PrintWriter(out), args.toArray(String[]::new));
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  @Test
  void drawsFortyPicturesThatDecode() throws IOException {
    sample(dir);
    try (Stream<Path> paths = Files.walk(dir.resolve("images"))) {
      List<Path> sound =
          paths
              .filter(Files::isRegularFile)
              .filter(path -> !path.getParent().endsWith("damaged"))
              .toList();
      assertEquals(40, sound.size());
      for (Path path : sound) {
        assertNotNull(ImageIO.read(path.toFile()), path.toString());
      }
    }
  }

  @Test
  void writesDamagedOnesAmongThem() throws IOException {
    sample(dir);
    Path damaged = dir.resolve("images/damaged");
    assertEquals(0, Files.size(damaged.resolve("empty.jpg")));
    assertTrue(
        Files.size(damaged.resolve("truncated.jpg")) < Files.size(damaged.resolve("copy.jpg")));
    assertTrue(Files.readString(damaged.resolve("text.jpg")).startsWith("not a picture"));
    byte[] huge = Files.readAllBytes(damaged.resolve("huge.png"));
    assertArrayEquals(
        new byte[] {0, 1, (byte) 0x86, (byte) 0xa0}, Arrays.copyOfRange(huge, 16, 20));
  }

  @Test
  void writesTextsOneALineWithABlankOneAndOneThatIsNotUtf8() throws IOException {
    sample(dir);
    String texts =
        Files.readString(dir.resolve("texts.txt"), java.nio.charset.StandardCharsets.ISO_8859_1);
    List<String> lines = texts.lines().toList();
    assertEquals(44, lines.size());
    assertEquals("", lines.get(41));
    assertTrue(lines.get(42).contains("café"), lines.get(42));
    assertEquals(lines.get(39), lines.get(40));
  }

  @Test
  void writesTheSameBytesForTheSameSeed() throws IOException {
    sample(dir.resolve("a"), "--seed", "5");
    sample(dir.resolve("b"), "--seed", "5");
    Map<String, byte[]> left = files(dir.resolve("a"));
    Map<String, byte[]> right = files(dir.resolve("b"));
    assertEquals(left.keySet(), right.keySet());
    left.forEach((name, bytes) -> assertArrayEquals(bytes, right.get(name), name));
  }

  @Test
  void drawsOtherPicturesForAnotherSeed() throws IOException {
    sample(dir.resolve("a"), "--seed", "5");
    sample(dir.resolve("b"), "--seed", "6");
    assertNotEquals(
        Arrays.hashCode(files(dir.resolve("a")).get("texts.txt")),
        Arrays.hashCode(files(dir.resolve("b")).get("texts.txt")));
  }

  @Test
  void leavesFilesThatAreThereUntouched() throws IOException {
    sample(dir);
    Path file = dir.resolve("texts.txt");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    sample(dir);
    assertEquals(1_000_000, Files.getLastModifiedTime(file).toMillis());
    assertTrue(out.toString().contains("46 of them unchanged"), out.toString());
  }

  @Test
  void refusesAnOutputThatCanNotBeWritten() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertEquals(2, sample(file));
    assertFalse(Files.isDirectory(file));
  }
}
