package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.ResultFile;
import org.vectormill.jobs.SparkTest;

/** Corpora of unusual sizes: both jobs take them, and say what they did. */
@Tag("slow")
class CorpusSizesIT extends SparkTest {

  @Test
  void aSingleItem() throws Exception {
    Files.writeString(dir.resolve("one.txt"), "the only text");
    assertTrue(ingest("one.txt").contains("1 items written in wave 1"));
    result().assertCounts(1, 1, 0, 0);
    assertTrue(embed("builtin:text").contains("1 vectors"));
    result().assertCounts(1, 1, 0, 0);
  }

  @Test
  void nothingNew() throws Exception {
    Files.writeString(dir.resolve("some.txt"), "one\ntwo\nthree\n");
    ingest("some.txt", "--text-unit", "line");
    embed("builtin:text");
    assertTrue(ingest("some.txt", "--text-unit", "line").contains("nothing to do"));
    result().assertCounts(3, 0, 0, 3);
    assertTrue(embed("builtin:text").contains("Nothing to do"));
    result().assertCounts(3, 0, 0, 3);
  }

  @Test
  void twoHundredThousandTinyItems() throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(dir.resolve("tiny.txt"))) {
      for (int i = 0; i < 200_000; i++) {
        out.write("t" + i + "\n");
      }
    }
    ingest("tiny.txt", "--text-unit", "line");
    result().assertCounts(200_000, 200_000, 0, 0);
    embed("builtin:text");
    result().assertCounts(200_000, 200_000, 0, 0);
  }

  @Test
  void tenThousandEmptyFiles() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("empty"));
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(folder.resolve("e" + i + ".txt"));
    }
    Files.writeString(folder.resolve("full.txt"), "the only text");
    String said = ingest("empty", "--max-reject-ratio", "1");
    assertTrue(said.contains("10,000 rejected (empty 10,000)"), said);
    result().assertCounts(10_001, 1, 10_000, 0);
  }

  @Test
  void itemsOfFiftyMegabytes() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("large"));
    BufferedImage image = new BufferedImage(4200, 4000, BufferedImage.TYPE_3BYTE_BGR);
    ImageIO.write(image, "bmp", folder.resolve("large.bmp").toFile());
    Files.writeString(folder.resolve("large.txt"), "a long text ".repeat(4_200_000));
    assertTrue(Files.size(folder.resolve("large.bmp")) > 50_000_000);
    assertTrue(Files.size(folder.resolve("large.txt")) > 50_000_000);
    ingest("large", "--max-text-chars", "100000000", "--max-item-bytes", "100000000");
    result().assertCounts(2, 2, 0, 0);
    embed("builtin:text");
    result().assertCounts(1, 1, 0, 0);
    embed("builtin:image", "--max-pixels", "20000000");
    result().assertCounts(1, 1, 0, 0);
  }

  private String ingest(String input, String... further) {
    List<String> command =
        new ArrayList<>(
            List.of("ingest", "--input", at(input), "--output", at("items"), "--result", at("r")));
    command.addAll(List.of(further));
    return run(command);
  }

  private String embed(String encoder, String... further) {
    String output = at(encoder.replace(':', '-'));
    String modality = encoder.substring(encoder.indexOf(':') + 1);
    List<String> command =
        new ArrayList<>(
            List.of("embed", "--input", at("items"), "--output", output, "--result", at("r")));
    command.addAll(List.of("--encoder", encoder, "--modality", modality));
    command.addAll(List.of(further));
    return run(command);
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private static String run(List<String> arguments) {
    CommandRun command = new CommandRun();
    command.well(arguments);
    return command.out();
  }

  private ResultFile result() {
    return new ResultFile(dir.resolve("r"));
  }
}
