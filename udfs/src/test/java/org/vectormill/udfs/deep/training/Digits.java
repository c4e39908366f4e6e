package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.deep.network.Rows;

/**
 * The 1,797 digits of 8 x 8 pixels that scikit-learn carries: the file that {@code
 * VECTORMILL_DIGITS} names, as {@code .ci/run} does, or that of the Python peers ({@code
 * scripts/peers}). Tests on them are skipped where there is neither.
 *
 * @param rows pixels, 0 to 1
 * @param labels 0 to 9
 */
public record Digits(Rows rows, int[] labels) {
  private static final int PIXELS = 64;
  private static final int CLASSES = 10;

  public static Digits load() throws IOException {
    Path file = file();
    assumeTrue(
        file != null,
        "scikit-learn's digits: run scripts/peers, or name the file in VECTORMILL_DIGITS");
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      lines = in.lines().toList();
    }
    float[] values = new float[lines.size() * PIXELS];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] fields = lines.get(i).split(",", -1);
      for (int j = 0; j < PIXELS; j++) {
        values[i * PIXELS + j] = Float.parseFloat(fields[j]) / 16;
      }
      labels[i] = (int) Float.parseFloat(fields[PIXELS]);
    }
    return new Digits(new Rows(values, PIXELS), labels);
  }

  private static Path file() throws IOException {
    String named = System.getenv("VECTORMILL_DIGITS");
    if (named != null) {
      return Path.of(named);
    }
    String set = System.getProperty("VECTORMILL_PEERS", System.getenv("VECTORMILL_PEERS"));
    Path peers =
        set == null
            ? Path.of(System.getProperty("user.home"), ".cache", "vectormill", "peers")
            : Path.of(set);
    if (!Files.isDirectory(peers.resolve("lib"))) {
      return null;
    }
    try (var versions = Files.list(peers.resolve("lib"))) {
      return versions
          .map(v -> v.resolve("site-packages/sklearn/datasets/data/digits.csv.gz"))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElse(null);
    }
  }

  /** Unsupervised clustering accuracy of clusters, in the rows' order. */
  public double accuracy(int[] clusters) {
    long[][] counts = new long[CLASSES][CLASSES];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][clusters[i]]++;
    }
    return Agreement.of(counts).accuracy().orElseThrow();
  }
}
