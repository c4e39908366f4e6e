package org.vectormill.udfs.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files that src/test/python/make_image_goldens.py made. */
final class Goldens {
  static byte[] bytes(String name) {
    try (InputStream in = Goldens.class.getResourceAsStream("/images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tab-separated lines. */
  static List<String[]> table(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /** Names of the encoded images. */
  static List<String> images() {
    return table("decoded.tsv").stream().map(row -> row[0]).toList();
  }

  static int largestDifference(byte[] a, byte[] b) {
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return largest;
  }

  private Goldens() {}
}
