package org.vectormill.jobs.clustering;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.schemas.ItemRow;
import org.vectormill.udfs.ContentHash;

/** Texts and images of known groups: item {@code i} is of group {@code i % 3}, id {@code g-i}. */
final class ItemCorpus {
  static final List<List<String>> WORDS =
      List.of(
          List.of("oil", "crude", "barrel", "refinery", "pipeline"),
          List.of("goal", "match", "striker", "league", "referee"),
          List.of("piano", "violin", "concert", "symphony", "orchestra"));

  private static final List<String> COMMON = List.of("the", "of", "and", "in", "is", "that");

  private ItemCorpus() {}

  static List<ItemRow> texts(int from, int to) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Random random = new Random(i * 7919L);
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 30; word++) {
        List<String> words = word % 2 == 0 ? COMMON : WORDS.get(i % 3);
        text.append(words.get(random.nextInt(words.size()))).append(word % 7 == 0 ? ", " : " ");
      }
      items.add(ItemTables.text(i % 3 + "-" + i, text.toString()));
    }
    return items;
  }

  /** A picture of 20 x 10 pixels in the group's colour, a little lighter or darker. */
  static byte[] picture(int i) {
    int shade = 150 + i % 50;
    int colour = shade << 8 * (i % 3);
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 20; x++) {
        image.setRGB(x, y, colour);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<ItemRow> images(int from, int to) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      items.add(ItemTables.image(i % 3 + "-" + i, picture(i)));
    }
    return items;
  }

  /** Images that stay in files of the folder. */
  static List<ItemRow> linkedImages(Path folder, int from, int to) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      byte[] image = picture(i);
      Path file = folder.resolve(i + ".png");
      try {
        Files.write(file, image);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      items.add(
          new ItemRow(
              i % 3 + "-" + i,
              file.toUri().toString(),
              image.length,
              "1",
              "image",
              null,
              null,
              ContentHash.of(image),
              null,
              null,
              Map.of()));
    }
    return items;
  }
}
