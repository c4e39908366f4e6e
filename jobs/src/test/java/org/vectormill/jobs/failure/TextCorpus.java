package org.vectormill.jobs.failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vectormill.jobs.CommandRun;

/** A file of numbered lines, some of them bad, and the commands that make tables of it. */
final class TextCorpus {
  private static final int BAD_EVERY = 17;

  private final Path file;

  TextCorpus(Path file) {
    this.file = file;
  }

  /**
   * Writes the file anew.
   *
   * @param changed so many lines at the start differ from what any other call writes
   * @param lines in all; every 17th is not UTF-8
   */
  void write(int changed, int lines) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < lines; i++) {
      String line =
          i < changed ? "version %d of line %d".formatted(lines, i) : "plain line %d".formatted(i);
      text.writeBytes(line.strip().getBytes(StandardCharsets.UTF_8));
      if (i % BAD_EVERY == BAD_EVERY - 1) {
        text.write(0xff);
      }
      text.write('\n');
    }
    Files.write(file, text.toByteArray());
  }

  List<String> ingest(Path output) {
    return List.of(
        "ingest",
        "--input",
        file.toString(),
        "--text-unit",
        "line",
        "--output",
        output.toString(),
        "--row-group-rows",
        "16");
  }

  List<String> embed(Path items, Path output) {
    return List.of(
        "embed",
        "--input",
        items.toString(),
        "--encoder",
        "builtin:text",
        "--unit-rows",
        "8",
        "--output",
        output.toString());
  }

  static void run(List<String> command) {
    new CommandRun().well(command);
  }

  /** Copies a table with all that lies below it. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path source : files) {
      Path target = to.resolve(from.relativize(source).toString());
      if (Files.isDirectory(source)) {
        Files.createDirectories(target);
      } else {
        Files.copy(source, target);
      }
    }
  }

  /** Room that a table takes on a disk in blocks of 4 KiB. */
  static int kib(Path table) throws IOException {
    try (Stream<Path> walk = Files.walk(table)) {
      long blocks = 0;
      for (Path path : walk.toList()) {
        blocks += Files.isDirectory(path) ? 1 : (Files.size(path) + 4095) / 4096;
      }
      return (int) (4 * blocks);
    }
  }
}
