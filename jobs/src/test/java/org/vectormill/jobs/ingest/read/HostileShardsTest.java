package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.ItemRow;

/**
 * Damages tar shards at random, mostly in their headers: reading them ends, with rows and rejects
 * and nothing else. The test's heap is far below what a header can claim.
 */
class HostileShardsTest {
  private static final int ROUNDS = 4000;
  private static final int BLOCK = 512;
  private static final byte[] PNG = Corpus.image("png", 3, 2);
  private static final String[] VALUES = {
    "7",
    "9",
    "-",
    "+",
    " ",
    "\0",
    "/",
    "..",
    "\u0080",
    "\u00ff",
    "77777777777",
    "x",
    "g",
    "L",
    "K",
    "S"
  };

  @TempDir Path dir;

  @ParameterizedTest
  @Timeout(300)
  @ValueSource(booleans = {false, true})
  void everyDamageIsRowsAndRejects(boolean pax) {
    String name = "d".repeat(90) + "/" + "ü".repeat(60) + "/f";
    byte[] whole =
        Corpus.tar(pax, "a.png", PNG, "a.json", "{\"n\": 5}", name + ".png", PNG, "b.txt", "text");
    SplittableRandom random = new SplittableRandom(pax ? 1 : 2);
    Corpus corpus = new Corpus(dir);
    for (int round = 0; round < ROUNDS; round++) {
      corpus.write("s.tar", damage(whole, random));
      Found found = corpus.read("s.tar", Corpus.spec(Corpus.NO_COLUMNS));
      List<String> told = new ArrayList<>(found.items.stream().map(ItemRow::id).toList());
      found.rejects.forEach(reject -> told.add(reject.id()));
      List<String> read = new ArrayList<>(found.read);
      told.sort(null);
      read.sort(null);
      assertEquals(read, told, "round " + round);
      assertTrue(found.items.size() <= 3, "round " + round);
    }
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    int length = random.nextInt(8) == 0 ? 1 + random.nextInt(whole.length - 1) : whole.length;
    byte[] damaged = Arrays.copyOf(whole, length);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int block = random.nextInt((length + BLOCK - 1) / BLOCK);
      int at = Math.min(length - 1, block * BLOCK + random.nextInt(BLOCK));
      byte[] value = VALUES[random.nextInt(VALUES.length)].getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(value, 0, damaged, at, Math.min(value.length, length - at));
      if (random.nextInt(4) > 0) {
        sign(damaged, block);
      }
    }
    return damaged;
  }

  /** A checksum that holds, so that the damage is read. */
  private static void sign(byte[] tar, int block) {
    int start = block * BLOCK;
    if (start + BLOCK > tar.length) {
      return;
    }
    Arrays.fill(tar, start + 148, start + 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += tar[start + i] & 0xff;
    }
    byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, tar, start + 148, octal.length);
  }
}
